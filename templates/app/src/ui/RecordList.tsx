import type { Source } from '../data/source';
import type { Column } from './column';
import { ListPanel } from './ListPanel';
import type { Actions } from './RecordActions';
import { RecordCards } from './RecordCards';

interface RecordListProps<Row> {
  title: string;
  /** What one record is called: "order". */
  noun: string;
  source: Source<Row>;
  fields?: readonly Column<Row>[];
  detailHref?: string;
  actions?: Actions | undefined;
}

/** Records as cards, a page at a time. */
export function RecordList<Row extends object>({
  title,
  noun,
  source,
  fields = [],
  detailHref,
  actions,
}: RecordListProps<Row>) {
  const { summarize } = source;
  return (
    <ListPanel title={title} noun={noun} source={source} actions={actions}>
      {(pages) => (
        <RecordCards
          pages={pages}
          summarize={summarize}
          fields={fields}
          detailHref={detailHref}
          commands={actions?.commands}
        />
      )}
    </ListPanel>
  );
}
