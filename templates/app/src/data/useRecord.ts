import { useCallback } from 'react';

import type { GetRecord } from './api';
import { throwErrors, type Failure } from './failure';
import { useAsync } from './useAsync';

export interface SingleRecord<Row> {
  record: Row | undefined;
  status: 'loading' | 'ready' | 'missing' | 'error';
  error: Failure | undefined;
  reload: () => void;
  /** Shows the record as it is now once that is known. */
  refresh: () => Promise<void>;
}

/** Loads one record. `get` must keep its identity between renders. */
export function useRecord<Row>(get: GetRecord<Row>, id: string): SingleRecord<Row> {
  const load = useCallback(() => loadRecord(get, id), [get, id]);
  const [{ status, value, error }, reload, replace] = useAsync(load);
  const isMissing = status === 'ready' && value === null;
  return {
    record: value ?? undefined,
    status: isMissing ? 'missing' : status,
    error,
    reload,
    refresh: () => replace(load),
  };
}

async function loadRecord<Row>(get: GetRecord<Row>, id: string): Promise<Row | null> {
  const result = await get(id);
  throwErrors(result);
  return result.data ?? null;
}
