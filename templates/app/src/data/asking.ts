import { useEffect, useEffectEvent } from 'react';

import { Listeners } from '../listeners';

const AWAY_MS = 5000;
const PAUSE_MS = 1000;

const listeners = new Listeners();
let askedAt = Date.now();

/** Asks anew for all that the page shows: the API does not tell of everything that changed it. */
export function askAgain(): void {
  askedAt = Date.now();
  listeners.notify();
}

// What happened while people were elsewhere.
window.addEventListener('focus', () => {
  if (Date.now() - askedAt > AWAY_MS) {
    askAgain();
  }
});

/** Runs `ask` whenever that is wanted: one after another, and at most once a second. */
export function useAskedAgain(ask: () => Promise<void>): void {
  const askNow = useEffectEvent(ask);

  useEffect(() => {
    let isAsking = false;
    let isWanted = false;
    let isOver = false;
    const run = async () => {
      isWanted = isAsking;
      if (isAsking) {
        return;
      }
      isAsking = true;
      // What is shown stays where it cannot be asked for.
      await askNow().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      isAsking = false;
      if (isWanted && !isOver) {
        await run();
      }
    };
    const end = listeners.subscribe(() => void run());
    return () => {
      isOver = true;
      end();
    };
  }, []);
}
