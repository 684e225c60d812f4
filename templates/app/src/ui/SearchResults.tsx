import { useCallback, useId } from 'react';

import { titleOf, type Page } from '../data/api';
import type { Source } from '../data/source';
import { useList } from '../data/useList';
import type { Column } from './column';
import { Facts } from './Facts';
import { Pager } from './Pager';
import { RecordLink } from './RecordLink';
import { useSearchText } from './searchText';

interface SearchResultsProps<Row> {
  title: string;
  source: Source<Row>;
  fields: readonly Column<Row>[];
  detailHref?: string;
}

/** The records of one model whose title contains what is searched for. */
export function SearchResults<Row>({ title, source, fields, detailHref }: SearchResultsProps<Row>) {
  const headingId = useId();
  const text = useSearchText();
  const { list: listAll, search, summarize } = source;
  const list = useCallback(
    (page: Page) => (search ? search(text, page) : listAll(page)),
    [listAll, search, text],
  );
  const pages = useList({ list, summarize });

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
              <Facts record={row} fields={fields} />
            </li>
          );
        })}
      </ul>
      <Pager pages={pages} isFiltered />
    </section>
  );
}
