import { titleOf } from '../data/api';
import type { Dated } from '../data/days';
import type { Source } from '../data/source';
import type { AllRecords } from '../data/useAll';
import { formatDateTime } from './format';
import { CreateLink, type Actions } from './RecordActions';
import { RecordLink } from './RecordLink';
import { RecordsPanel } from './RecordsPanel';
import { Empty } from './States';

const RECENT = 5;

interface RecentListProps<Row> {
  title: string;
  /** What one record is called: "order". */
  noun: string;
  records: AllRecords<Row>;
  source: Source<Row>;
  detailHref?: string;
  actions?: Actions;
}

/** The records created last. */
export function RecentList<Row extends Dated>({
  title,
  noun,
  records,
  source: { summarize },
  detailHref,
  actions,
}: RecentListProps<Row>) {
  const create = <CreateLink actions={actions} noun={noun} />;
  return (
    <RecordsPanel title={title} records={records} action={create}>
      {(rows) =>
        rows.length === 0 ? (
          <Empty>There is nothing here yet.</Empty>
        ) : (
          <ul className="recent">
            {latest(rows).map((row) => {
              const summary = summarize(row);
              return (
                <li key={summary.id}>
                  <RecordLink detailHref={detailHref} id={summary.id}>
                    {titleOf(summary)}
                  </RecordLink>
                  <span className="muted">{formatDateTime(row.createdAt)}</span>
                </li>
              );
            })}
          </ul>
        )
      }
    </RecordsPanel>
  );
}

function latest<Row extends Dated>(rows: readonly Row[]): Row[] {
  return rows
    .toSorted((one, other) => (other.createdAt ?? '').localeCompare(one.createdAt ?? ''))
    .slice(0, RECENT);
}
