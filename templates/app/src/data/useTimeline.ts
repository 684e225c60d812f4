import { useMemo } from 'react';

import type { ListRecords } from './api';
import { newestFirst, type Moment } from './newest';
import type { Source } from './source';
import { useList, type RecordPages } from './useList';

interface Dated<Row> {
  source: Source<Row>;
  at: (row: Row) => Moment;
  /** The records that are wanted, newest first. Without it, those of the source are sorted. */
  list?: ListRecords<Row> | undefined;
  isChosen?: boolean;
  holdsNew?: boolean;
}

/** Loads records page by page, newest first. All it is given must keep its identity. */
export function useTimeline<Row>({
  source: { list: listAll, summarize, watch },
  at,
  list,
  isChosen = false,
  holdsNew = false,
}: Dated<Row>): RecordPages<Row> {
  const newest = useMemo(() => list ?? newestFirst(listAll, at), [list, listAll, at]);
  return useList({ list: newest, summarize, watch, isChosen, holdsNew });
}
