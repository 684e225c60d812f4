import { SearchField } from '@aws-amplify/ui-react';
import { useCallback, useId, useState, type ReactNode } from 'react';

import { titleOf, type Page } from '../data/api';
import type { Source } from '../data/source';
import { useList } from '../data/useList';
import { Pager } from './Pager';
import { useDebounced } from './useDebounced';

interface RecordNavProps<Row> {
  title: string;
  source: Source<Row>;
  /** The address of the page with one record, up to its id. */
  href: string;
  /** The id of the record that is open. */
  current: string | null;
  /** What makes a new record, for those who may. */
  action?: ReactNode;
}

/** Records to choose from, by their titles. */
export function RecordNav<Row>({ title, source, href, current, action }: RecordNavProps<Row>) {
  const headingId = useId();
  const [text, setText] = useState('');
  const { list, search, summarize, watch, titleLabel = 'Title' } = source;
  const wanted = useDebounced(text.trim());
  const isFound = search !== undefined && wanted !== '';
  const found = useCallback(
    (page: Page) => (isFound ? search(wanted, page) : list(page)),
    [isFound, search, wanted, list],
  );
  const pages = useList({ list: found, summarize, watch, takesNew: !isFound });

  return (
    <nav className="panel record-nav" aria-labelledby={headingId}>
      <div className="heading">
        <h2 id={headingId}>{title}</h2>
        {action}
      </div>
      {search && (
        <SearchField
          size="small"
          label={`${titleLabel} contains`}
          labelHidden={false}
          hasSearchButton={false}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onClear={() => setText('')}
        />
      )}
      <ul aria-busy={pages.status === 'loading'}>
        {pages.rows.map((row) => {
          const summary = summarize(row);
          return (
            <li key={summary.id}>
              <a
                href={href + encodeURIComponent(summary.id)}
                aria-current={summary.id === current ? 'true' : undefined}
              >
                {titleOf(summary)}
              </a>
            </li>
          );
        })}
      </ul>
      <Pager pages={pages} isFiltered={isFound} action={action} />
    </nav>
  );
}
