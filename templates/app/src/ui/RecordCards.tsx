import { titleOf } from '../data/api';
import type { Source } from '../data/source';
import type { RecordPages } from '../data/useList';
import type { Column } from './column';
import type { Command } from './command';
import { CommandButtons } from './CommandButtons';
import { Facts } from './Facts';
import { RecordLink } from './RecordLink';

interface RecordCardsProps<Row> {
  pages: RecordPages<Row>;
  summarize: Source<Row>['summarize'];
  fields: readonly Column<Row>[];
  detailHref: string | undefined;
  commands?: readonly Command[] | undefined;
}

/** Records as cards, each with its title, some of its fields, and what can be done with it. */
export function RecordCards<Row extends object>({
  pages,
  summarize,
  fields,
  detailHref,
  commands,
}: RecordCardsProps<Row>) {
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
            {commands && (
              <div className="actions">
                <CommandButtons
                  commands={commands}
                  record={row}
                  id={summary.id}
                  title={titleOf(summary)}
                />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
