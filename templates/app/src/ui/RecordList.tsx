import { useId } from 'react';

import { titleOf } from '../data/api';
import type { Source } from '../data/source';
import { useList } from '../data/useList';
import type { Column } from './column';
import { Facts } from './Facts';
import { FilterBar } from './FilterBar';
import { Pager } from './Pager';
import { CreateLink, type Actions } from './RecordActions';
import { RecordLink } from './RecordLink';
import { useFilter } from './useFilter';

interface RecordListProps<Row> {
  title: string;
  /** What one record is called: "order". */
  noun: string;
  source: Source<Row>;
  fields?: readonly Column<Row>[];
  detailHref?: string;
  actions?: Actions | undefined;
}

export function RecordList<Row>({
  title,
  noun,
  source,
  fields = [],
  detailHref,
  actions,
}: RecordListProps<Row>) {
  const headingId = useId();
  const { summarize, watch } = source;
  const filter = useFilter(source);
  const pages = useList({ list: filter.list, summarize, watch, takesNew: !filter.isOn });

  return (
    <section className="panel" aria-labelledby={headingId}>
      <div className="heading">
        <h2 id={headingId}>{title}</h2>
        <CreateLink actions={actions} noun={noun} />
      </div>
      <FilterBar title={title} source={source} filter={filter} />
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
      <Pager
        pages={pages}
        isFiltered={filter.isOn}
        action={<CreateLink actions={actions} noun={noun} />}
      />
    </section>
  );
}
