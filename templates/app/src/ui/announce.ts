import { useSyncExternalStore } from 'react';

import { Listeners } from '../listeners';

const LASTS_MS = 8000;

const listeners = new Listeners();
let announced = '';
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says at the edge of the page what was done, also when what it was done with is gone. */
export function announce(message: string): void {
  announced = message;
  clearTimeout(timer);
  timer = message ? setTimeout(() => announce(''), LASTS_MS) : undefined;
  listeners.notify();
}

/** What was announced last, for as long as it takes to read. */
export function useAnnouncement(): string {
  return useSyncExternalStore(listeners.subscribe, () => announced);
}
