import { useCallback, useEffect, useState } from 'react';

import { failureOf, type Failure } from './failure';

export type AsyncState<T> =
  | { status: 'loading'; value?: never; error?: never }
  | { status: 'ready'; value: T; error?: never }
  | { status: 'error'; value?: never; error: Failure };

interface Settled<T> {
  load: () => Promise<T>;
  attempt: number;
  state: AsyncState<T>;
}

/**
 * Runs `load` whenever it changes or `retry` is called. Only the latest run is ever shown. What was
 * loaded can be replaced by what `again` gives, and is shown until then.
 */
export function useAsync<T>(
  load: () => Promise<T>,
): [state: AsyncState<T>, retry: () => void, replace: (again: () => Promise<T>) => Promise<void>] {
  const [attempt, setAttempt] = useState(0);
  const [settled, setSettled] = useState<Settled<T>>();

  useEffect(() => {
    let isCurrent = true;
    const settle = (state: AsyncState<T>) => {
      if (isCurrent) {
        setSettled({ load, attempt, state });
      }
    };
    load().then(
      (value) => settle({ status: 'ready', value }),
      (cause: unknown) => settle({ status: 'error', error: failureOf(cause) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [load, attempt]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const replace = useCallback(
    async (again: () => Promise<T>) => {
      const value = await again();
      setSettled((now) =>
        now?.load === load && now.state.status === 'ready'
          ? { ...now, state: { status: 'ready', value } }
          : now,
      );
    },
    [load],
  );
  const isSettled = settled?.load === load && settled.attempt === attempt;
  return [isSettled ? settled.state : { status: 'loading' }, retry, replace];
}
