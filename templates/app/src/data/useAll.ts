import { useCallback } from 'react';

import { throwErrors, type ListRecords } from './api';
import { useAsync, type AsyncState } from './useAsync';

const MAX_ROWS = 1000;

export interface Collected<Row> {
  rows: readonly Row[];
  /** False when there are more records than are worth loading. */
  isComplete: boolean;
}

export interface AllRecords<Row> {
  state: AsyncState<Collected<Row>>;
  retry: () => void;
}

/** Loads up to 1,000 records at once. `list` must keep its identity between renders. */
export function useAll<Row>(list: ListRecords<Row>): AllRecords<Row> {
  const [state, retry] = useAsync(useCallback(() => collect(list), [list]));
  return { state, retry };
}

export async function collect<Row>(list: ListRecords<Row>): Promise<Collected<Row>> {
  const rows: Row[] = [];
  let nextToken: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof list>> = await list({ limit: MAX_ROWS, nextToken });
    throwErrors(page);
    rows.push(...page.data);
    nextToken = page.nextToken ?? null;
  } while (nextToken !== null && rows.length < MAX_ROWS);
  return {
    rows: rows.slice(0, MAX_ROWS),
    isComplete: nextToken === null && rows.length <= MAX_ROWS,
  };
}
