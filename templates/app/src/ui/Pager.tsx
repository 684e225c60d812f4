import { Button } from '@aws-amplify/ui-react';

import type { RecordPages } from '../data/useList';
import { Empty, ErrorMessage, Loading } from './States';

/** What stands below the rows of a list: its state, and the way to more of them. */
export function Pager<Row>({ pages }: { pages: RecordPages<Row> }) {
  const { rows, status, error, hasMore } = pages;
  if (status === 'loading') {
    return <Loading />;
  }
  if (status === 'error') {
    return <ErrorMessage message={error ?? ''} onRetry={pages.retry} />;
  }
  return (
    <>
      {rows.length === 0 && !hasMore && <Empty>There is nothing here yet.</Empty>}
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
