import { useState } from 'react';

import { isAllowed, type Access } from '../data/access';
import { titleOf, type RecordResult, type Summarize } from '../data/api';
import { failureOf, throwErrors, type Failure } from '../data/failure';
import { optimistically, type LiveRows } from '../data/live';
import { useUser } from '../data/user';
import type { Lane } from './lanes';

/** How a record comes into another column of a board. */
export interface Move<Row, Value> {
  access: Access;
  /** The record with another value. */
  to: (row: Row, value: Value) => Row;
  save: (id: string, value: Value) => Promise<RecordResult<unknown>>;
}

export interface Moves<Row, Value> {
  isAllowed: (row: Row) => boolean;
  isSaving: (row: Row) => boolean;
  start: (row: Row, lane: Lane<Row, Value>) => Promise<void>;
  /** The ids of the records that were moved here, the last one first. */
  ids: readonly string[];
  /** What happened last. */
  message: string;
  failure: Failure | undefined;
}

/** Moves records between the columns of a board, one change of a record at a time. */
export function useMoves<Row extends object, Value>(
  records: LiveRows<Row>,
  summarize: Summarize<Row>,
  move: Move<Row, Value> | undefined,
): Moves<Row, Value> {
  const user = useUser();
  const [ids, setIds] = useState<readonly string[]>([]);
  const [saving, setSaving] = useState<ReadonlySet<string>>(new Set<string>());
  const [outcome, setOutcome] = useState<{ message: string; failure?: Failure }>({ message: '' });

  const isSaving = (row: Row) => saving.has(summarize(row).id);

  const start = async (row: Row, lane: Lane<Row, Value>) => {
    if (!move || isSaving(row)) {
      return;
    }
    const { id, title } = summarize(row);
    const name = titleOf({ id, title });
    setIds((before) => [id, ...before.filter((other) => other !== id)]);
    setSaving((before) => new Set(before).add(id));
    try {
      await optimistically(records, [row, move.to(row, lane.value)], async () =>
        throwErrors(await move.save(id, lane.value)),
      );
      setOutcome({ message: `${name} is now in ${lane.label}.` });
    } catch (cause) {
      setOutcome({ message: `${name} was not moved.`, failure: failureOf(cause) });
    } finally {
      setSaving((before) => new Set([...before].filter((other) => other !== id)));
    }
  };

  return {
    isAllowed: (row) => move !== undefined && isAllowed(move.access.update, user, row),
    isSaving,
    start,
    ids,
    message: outcome.message,
    failure: outcome.failure,
  };
}
