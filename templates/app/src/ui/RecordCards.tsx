import { titleOf } from '../data/api';
import type { Source } from '../data/source';
import type { RecordPages } from '../data/useList';
import type { Column } from './column';
import { Facts } from './Facts';
import { RecordLink } from './RecordLink';

interface RecordCardsProps<Row> {
  pages: RecordPages<Row>;
  summarize: Source<Row>['summarize'];
  fields: readonly Column<Row>[];
  detailHref: string | undefined;
}

/** Records as cards, each with its title and some of its fields. */
export function RecordCards<Row>({ pages, summarize, fields, detailHref }: RecordCardsProps<Row>) {
  return (
    <ul className="cards" aria-busy={pages.status === 'loading'}>
      {pages.rows.map((row) => {
        const summary = summarize(row);
        return (
          <li key={summary.id} className="card">
            <h3>
              <RecordLink detailHref={detailHref} id={summary.id}>
                {titleOf(summary)}
              </RecordLink>
            </h3>
            {fields.length > 0 && <Facts record={row} fields={fields} />}
          </li>
        );
      })}
    </ul>
  );
}
