import { useMemo } from 'react';

import type { GetRecord } from './api';
import { useAskedAgain } from './asking';
import { useLive } from './live';
import type { Source } from './source';
import { useRecord, type SingleRecord } from './useRecord';

/** Loads one record and keeps it current; it is missing as soon as somebody deletes it. */
export function useLiveRecord<Row>(
  get: GetRecord<Row>,
  id: string,
  { summarize, watch }: Source<Row>,
): SingleRecord<Row> {
  const single = useRecord(get, id);
  const { record, status, refresh } = single;
  const loaded = useMemo(() => (record === undefined ? [] : [record]), [record]);
  const { rows, forgetEarlier } = useLive(loaded, { summarize, watch, takesNew: false });
  const [latest] = rows;

  useAskedAgain(async () => {
    const forget = forgetEarlier();
    await refresh();
    forget();
  });

  const isGone = status === 'ready' && latest === undefined;
  return { ...single, record: latest, status: isGone ? 'missing' : status };
}
