import { useCallback } from 'react';

import type { ListRecords } from './api';
import { useAskedAgain } from './asking';
import { throwErrors, type Failure } from './failure';
import { useLive, type LiveRows } from './live';
import type { Source } from './source';
import { useAsync } from './useAsync';

const MAX_ROWS = 1000;

export interface Collected<Row> {
  rows: readonly Row[];
  /** False when there are more records than are worth loading. */
  isComplete: boolean;
}

export interface AllRecords<Row> extends LiveRows<Row>, Collected<Row> {
  status: 'loading' | 'ready' | 'error';
  error: Failure | undefined;
  retry: () => void;
}

const NOTHING: Collected<never> = { rows: [], isComplete: true };

/** Loads up to 1,000 records at once, and keeps them current. */
export function useAll<Row>(source: Source<Row>): AllRecords<Row> {
  const { list } = source;
  const load = useCallback(() => collect(list), [list]);
  const [{ status, value, error }, retry, replace] = useAsync(load);
  const { rows, isComplete } = value ?? NOTHING;
  const { forget, forgetEarlier, ...records } = useLive(rows, source);

  useAskedAgain(async () => {
    const forgetLoaded = forgetEarlier();
    await replace(load);
    forgetLoaded();
  });

  return {
    ...records,
    isComplete,
    status,
    error,
    retry: () => {
      forget();
      retry();
    },
  };
}

/** Loads pages until there are as many records as wanted, or no more. */
export async function collect<Row>(
  list: ListRecords<Row>,
  wanted = MAX_ROWS,
): Promise<Collected<Row>> {
  const rows: Row[] = [];
  let nextToken: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof list>> = await list({ limit: MAX_ROWS, nextToken });
    throwErrors(page);
    rows.push(...page.data);
    nextToken = page.nextToken ?? null;
  } while (nextToken !== null && rows.length < wanted);
  return {
    rows: rows.slice(0, wanted),
    isComplete: nextToken === null && rows.length <= wanted,
  };
}
