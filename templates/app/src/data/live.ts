import { useEffect, useState } from 'react';

import { isAllowed, type Rule } from './access';
import type { Summarize } from './api';
import { askAgain } from './asking';
import { currentUser } from './user';

/** What the API tells of while it happens; it may keep silent about some of it. */
export interface Watch<Row> {
  /** To whom it tells that. */
  rules: readonly Rule[];
  created?: OpenFeed<Row>;
  updated?: OpenFeed<Row>;
  deleted?: OpenFeed<Row>;
}

type Event = 'created' | 'updated' | 'deleted';

export type OpenFeed<Row> = () => Feed<Row> | Promise<Feed<Row>>;

interface Feed<Row> {
  /** The API tells of nothing where whoever made a change asked for less than is wanted here. */
  subscribe(observer: { next: (row: Row | null) => void; error: () => void }): {
    unsubscribe(): void;
  };
}

export interface LiveRows<Row> {
  rows: readonly Row[];
  /** Shows a record as it is now, in its place or, when it is new, before the others. */
  put: (row: Row) => void;
  /** Shows a record no more. */
  drop: (row: Row) => void;
  /** What others made meanwhile and waits until it is wanted. */
  held: readonly Row[];
  showHeld: () => void;
}

export interface Live<Row> {
  summarize: Summarize<Row>;
  /** Must keep its identity between renders. Without it, only changes made here are shown. */
  watch?: Watch<Row> | undefined;
  /** Whether records that others make are shown; not where rows are chosen by a filter. */
  takesNew?: boolean;
  /** Whether the API chooses the rows, so that it is asked again when others make records. */
  isChosen?: boolean;
  /** Whether they wait until they are wanted, so that nothing moves on the page. */
  holdsNew?: boolean;
}

export interface LiveState<Row> extends LiveRows<Row> {
  forget: () => void;
  /** Returns what forgets the changes that are known now, once they are loaded. */
  forgetEarlier: () => () => void;
  /** Lets records wait until they are wanted. */
  hold: (rows: readonly Row[]) => void;
}

interface Change<Row> {
  row: Row | undefined;
  /** A record that was loaded is known; others are shown, or wait until they are wanted. */
  standing: 'known' | 'new' | 'held';
}

type Changes<Row> = ReadonlyMap<string, Change<Row>>;

/** Keeps loaded rows current: with what is saved here, and with what others save meanwhile. */
export function useLive<Row>(
  loaded: readonly Row[],
  { summarize, watch, takesNew = true, isChosen = false, holdsNew = false }: Live<Row>,
): LiveState<Row> {
  const [changes, setChanges] = useState<Changes<Row>>(new Map());

  const note = (row: Row, change: Change<Row>) =>
    setChanges((before) => new Map(before).set(summarize(row).id, change));

  useEffect(() => {
    if (!watch) {
      return undefined;
    }
    const put = (row: Row, standing: Change<Row>['standing']) =>
      setChanges((before) => {
        const id = summarize(row).id;
        const earlier = before.get(id)?.standing ?? 'known';
        const isKept = earlier === 'new' || standing === 'known';
        return new Map(before).set(id, { row, standing: isKept ? earlier : standing });
      });
    const drop = (row: Row) =>
      setChanges((before) =>
        new Map(before).set(summarize(row).id, { row: undefined, standing: 'known' }),
      );
    const added = takesNew && !isChosen ? (holdsNew ? 'held' : 'new') : 'known';
    const ends = [
      follow(watch, 'created', isChosen ? askAgain : (row) => put(row, added)),
      follow(watch, 'updated', (row) => put(row, 'known')),
      follow(watch, 'deleted', drop),
    ];
    return () => ends.forEach((end) => end());
  }, [watch, summarize, takesNew, isChosen, holdsNew]);

  return {
    ...merge(loaded, changes, summarize),
    put: (row) => note(row, { row, standing: 'new' }),
    drop: (row) => note(row, { row: undefined, standing: 'known' }),
    showHeld: () => setChanges(release),
    forget: () => setChanges(new Map()),
    forgetEarlier: () => () =>
      setChanges((now) => new Map([...now].filter(([id, change]) => changes.get(id) !== change))),
    // The last that is held is shown first; what was made here meanwhile is shown already.
    hold: (held) =>
      setChanges((now) => {
        const next = new Map(now);
        for (const row of held.toReversed()) {
          const id = summarize(row).id;
          if (now.get(id)?.standing !== 'new') {
            next.set(id, { row, standing: 'held' });
          }
        }
        return next;
      }),
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
function follow<Row>(
  { rules, ...feeds }: Watch<Row>,
  event: Event,
  next: (row: Row) => void,
): () => void {
  let isOver = false;
  let end: (() => void) | undefined;
  const start = async () => {
    const open = feeds[event];
    // Whoever may not listen would be refused.
    const feed = open && isAllowed(rules, await currentUser()) ? await open() : undefined;
    if (feed && !isOver) {
      // Without a connection the page shows what was loaded, as it does without a feed.
      const subscription = feed.subscribe({
        next: (row) => {
          if (row) {
            next(row);
          } else {
            askAgain();
          }
        },
        error: () => undefined,
      });
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
): Pick<LiveRows<Row>, 'rows' | 'held'> {
  if (changes.size === 0) {
    return { rows: loaded, held: [] };
  }
  const known = new Set(loaded.map((row) => summarize(row).id));
  const added = (standing: Change<Row>['standing']) =>
    [...changes]
      .filter(([id, change]) => change.standing === standing && !known.has(id))
      .map(([, { row }]) => row)
      .filter((row) => row !== undefined)
      .reverse();
  const kept = loaded
    .map((row) => {
      const change = changes.get(summarize(row).id);
      return change ? change.row : row;
    })
    .filter((row) => row !== undefined);
  return { rows: [...added('new'), ...kept], held: added('held') };
}

function release<Row>(changes: Changes<Row>): Changes<Row> {
  return new Map(
    Array.from(changes, ([id, { row, standing }]) => [
      id,
      { row, standing: standing === 'held' ? 'new' : standing },
    ]),
  );
}
