import { useEffect, useState } from 'react';

import type { Summarize } from './api';

/** What the API tells of while it happens; it may keep silent about some of it. */
export interface Watch<Row> {
  created?: OpenFeed<Row>;
  updated?: OpenFeed<Row>;
  deleted?: OpenFeed<Row>;
}

type OpenFeed<Row> = () => Feed<Row> | Promise<Feed<Row>>;

interface Feed<Row> {
  subscribe(observer: { next: (row: Row) => void; error: () => void }): { unsubscribe(): void };
}

export interface LiveRows<Row> {
  rows: readonly Row[];
  /** Shows a record as it is now, in its place or, when it is new, before the others. */
  put: (row: Row) => void;
  /** Shows a record no more. */
  drop: (row: Row) => void;
}

export interface Live<Row> {
  summarize: Summarize<Row>;
  /** Must keep its identity between renders. Without it, only changes made here are shown. */
  watch?: Watch<Row> | undefined;
  /** Whether records that others make are shown; not where rows are chosen by a filter. */
  takesNew?: boolean;
}

type Changes<Row> = ReadonlyMap<string, { row: Row | undefined; isNew: boolean }>;

/** Keeps loaded rows current: with what is saved here, and with what others save meanwhile. */
export function useLive<Row>(
  loaded: readonly Row[],
  { summarize, watch, takesNew = true }: Live<Row>,
): LiveRows<Row> & { forget: () => void } {
  const [changes, setChanges] = useState<Changes<Row>>(new Map());

  const note = (id: string, row: Row | undefined, isNew: boolean) =>
    setChanges((before) => new Map(before).set(id, { row, isNew }));

  useEffect(() => {
    if (!watch) {
      return undefined;
    }
    const put = (row: Row, isNew: boolean) =>
      setChanges((before) => {
        const id = summarize(row).id;
        return new Map(before).set(id, { row, isNew: isNew || before.get(id)?.isNew === true });
      });
    const drop = (row: Row) =>
      setChanges((before) =>
        new Map(before).set(summarize(row).id, { row: undefined, isNew: false }),
      );
    const ends = [
      follow(watch.created, (row) => put(row, takesNew)),
      follow(watch.updated, (row) => put(row, false)),
      follow(watch.deleted, drop),
    ];
    return () => ends.forEach((end) => end());
  }, [watch, summarize, takesNew]);

  return {
    rows: merge(loaded, changes, summarize),
    put: (row) => note(summarize(row).id, row, true),
    drop: (row) => note(summarize(row).id, undefined, false),
    forget: () => setChanges(new Map()),
  };
}

/** Shows a change at once, and takes it back when it cannot be saved. */
export async function optimistically<Row>(
  { put }: Pick<LiveRows<Row>, 'put'>,
  [before, after]: readonly [before: Row, after: Row],
  save: () => Promise<void>,
): Promise<void> {
  put(after);
  try {
    await save();
  } catch (cause) {
    put(before);
    throw cause;
  }
}

/** Takes what a feed tells until the function that is returned is called. */
function follow<Row>(open: OpenFeed<Row> | undefined, next: (row: Row) => void): () => void {
  let isOver = false;
  let end: (() => void) | undefined;
  const start = async () => {
    const feed = await open?.();
    if (feed && !isOver) {
      // Without a connection the page shows what was loaded, as it does without a feed.
      const subscription = feed.subscribe({ next, error: () => undefined });
      end = () => subscription.unsubscribe();
    }
  };
  void start();
  return () => {
    isOver = true;
    end?.();
  };
}

function merge<Row>(
  loaded: readonly Row[],
  changes: Changes<Row>,
  summarize: Summarize<Row>,
): readonly Row[] {
  if (changes.size === 0) {
    return loaded;
  }
  const known = new Set(loaded.map((row) => summarize(row).id));
  const added = [...changes]
    .filter(([id, { isNew }]) => isNew && !known.has(id))
    .map(([, { row }]) => row)
    .reverse();
  const kept = loaded.map((row) => {
    const change = changes.get(summarize(row).id);
    return change ? change.row : row;
  });
  return [...added, ...kept].filter((row) => row !== undefined);
}
