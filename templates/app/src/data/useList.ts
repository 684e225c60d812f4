import { useCallback, useState } from 'react';

import type { ListRecords } from './api';
import { throwErrors, type Failure } from './failure';
import { useLive, type Live, type LiveRows } from './live';
import { useAsync } from './useAsync';

const PAGE_SIZE = 25;
const MAX_EMPTY_PAGES = 10;

interface Loaded<Row> {
  rows: readonly Row[];
  nextToken: string | null;
}

const NOTHING: Loaded<never> = { rows: [], nextToken: null };

interface Listed<Row> extends Live<Row> {
  list: ListRecords<Row>;
}

export interface RecordPages<Row> extends LiveRows<Row> {
  status: 'loading' | 'ready' | 'error';
  error: Failure | undefined;
  hasMore: boolean;
  /** Adds the next page to `rows`. */
  loadMore: () => void;
  /** Asks again for the page that failed. */
  retry: () => void;
  /** Starts over with the first page. */
  reload: () => void;
}

/** Loads records page by page. `list` must keep its identity between renders. */
export function useList<Row>({ list, ...live }: Listed<Row>): RecordPages<Row> {
  const [position, setPosition] = useState<{ list: ListRecords<Row>; loaded: Loaded<Row> }>();
  const previous = position?.list === list ? position.loaded : NOTHING;

  const load = useCallback(() => loadNextPage(list, previous), [list, previous]);
  const [{ status, value: loaded = previous, error }, retry] = useAsync(load);
  const { forget, ...records } = useLive(loaded.rows, live);

  return {
    ...records,
    status,
    error,
    hasMore: loaded.nextToken !== null,
    loadMore: () => setPosition({ list, loaded }),
    retry,
    reload: () => {
      forget();
      setPosition(undefined);
      retry();
    },
  };
}

/** Authorization and filters are applied after paging, so pages may come back empty. */
async function loadNextPage<Row>(
  list: ListRecords<Row>,
  { rows, nextToken }: Loaded<Row>,
): Promise<Loaded<Row>> {
  let token = nextToken;
  for (let pages = 0; pages < MAX_EMPTY_PAGES; pages += 1) {
    const page = await list({ limit: PAGE_SIZE, nextToken: token });
    throwErrors(page);
    token = page.nextToken ?? null;
    if (page.data.length > 0 || token === null) {
      return { rows: [...rows, ...page.data], nextToken: token };
    }
  }
  return { rows, nextToken: token };
}
