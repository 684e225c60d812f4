import { createContext, useEffect } from 'react';

import { guardRoute } from './router';

/** Tells a form that something was changed of which the browser has no event. */
export const TouchContext = createContext<() => void>(() => undefined);

/** Asks before a page with unsaved changes is left. */
export function useUnsavedChanges(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) {
      return undefined;
    }
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    const release = guardRoute(() =>
      window.confirm('Leave this page? Your changes are not saved.'),
    );
    return () => {
      window.removeEventListener('beforeunload', warn);
      release();
    };
  }, [isDirty]);
}
