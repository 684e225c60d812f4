'use client';

import { lazy, Suspense, useSyncExternalStore } from 'react';

import type { Look } from './App';

const App = lazy(() => import('./App'));

/** Makes a component of the pages, which begins with the one at `start`. */
export function mounted(start?: string) {
  return function Mounted(look: Look) {
    // On a server there is nothing of the pages, and nothing of theirs is loaded.
    const isBrowser = useSyncExternalStore(never, isHere, isElsewhere);
    return isBrowser ? (
      <Suspense fallback={null}>
        <App {...look} start={start} />
      </Suspense>
    ) : null;
  };
}

const isHere = () => true;
const isElsewhere = () => false;
const never = () => isHere;
