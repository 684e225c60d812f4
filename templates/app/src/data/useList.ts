import { useCallback, useState } from 'react';

import type { ListRecords } from './api';
import { useAskedAgain } from './asking';
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
  const [{ status, value: loaded = previous, error }, retry, replace] = useAsync(load);
  const { forget, forgetEarlier, hold, ...records } = useLive(loaded.rows, live);
  const { summarize, holdsNew = false } = live;

  useAskedAgain(async () => {
    const forgetLoaded = forgetEarlier();
    const known = new Set(records.rows.map((row) => summarize(row).id));
    const isKnown = (row: Row) => known.has(summarize(row).id);
    // Nothing moves on the page: what is newer than all that is known waits.
    const newIn = (rows: readonly Row[]) =>
      holdsNew && known.size > 0 ? Math.max(rows.findIndex(isKnown), 0) : 0;
    const now = await loadAgain(list, (rows) => rows.length - newIn(rows) >= known.size);
    const start = newIn(now.rows);
    await replace(() => Promise.resolve({ ...now, rows: now.rows.slice(start) }));
    forgetLoaded();
    hold(now.rows.slice(0, start));
  });

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

async function loadAgain<Row>(
  list: ListRecords<Row>,
  isEnough: (rows: readonly Row[]) => boolean,
): Promise<Loaded<Row>> {
  let loaded: Loaded<Row> = await loadNextPage(list, NOTHING);
  while (!isEnough(loaded.rows) && loaded.nextToken !== null) {
    loaded = await loadNextPage(list, loaded);
  }
  return loaded;
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
