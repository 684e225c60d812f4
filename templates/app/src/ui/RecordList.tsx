import { useId } from 'react';

import { titleOf, type ListRecords, type Summarize } from '../data/api';
import { useList } from '../data/useList';
import type { Column } from './column';
import { Facts } from './Facts';
import { Pager } from './Pager';
import { RecordLink } from './RecordLink';

interface RecordListProps<Row> {
  title: string;
  list: ListRecords<Row>;
  summarize: Summarize<Row>;
  fields?: readonly Column<Row>[];
  detailHref?: string;
}

export function RecordList<Row>({
  title,
  list,
  summarize,
  fields = [],
  detailHref,
}: RecordListProps<Row>) {
  const headingId = useId();
  const pages = useList(list);

  return (
    <section className="panel" aria-labelledby={headingId}>
      <h2 id={headingId}>{title}</h2>
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
      <Pager pages={pages} />
    </section>
  );
}
