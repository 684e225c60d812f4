import { Button } from '@aws-amplify/ui-react';
import type { ReactNode } from 'react';

import type { RecordPages } from '../data/useList';
import { Empty, ErrorMessage, Loading } from './States';

interface PagerProps<Row> {
  pages: RecordPages<Row>;
  isFiltered?: boolean;
  /** What makes a first record, where there is such a page and the user may. */
  action?: ReactNode;
}

/** What stands below the rows of a list: its state, and the way to more of them. */
export function Pager<Row>({ pages, isFiltered = false, action }: PagerProps<Row>) {
  const { rows, status, error, hasMore } = pages;
  if (status === 'loading') {
    return <Loading />;
  }
  if (error) {
    return <ErrorMessage failure={error} onRetry={pages.retry} />;
  }
  return (
    <>
      {rows.length === 0 && !hasMore && (
        <Empty action={!isFiltered && action}>
          {isFiltered ? 'Nothing is found.' : 'There is nothing here yet.'}
        </Empty>
      )}
      <div className="pager">
        <p className="muted" role="status">
          {rows.length.toLocaleString()} shown
        </p>
        {hasMore && (
          <Button size="small" onClick={pages.loadMore}>
            Load more
          </Button>
        )}
        <Button size="small" variation="link" onClick={pages.reload}>
          Refresh
        </Button>
      </div>
    </>
  );
}
