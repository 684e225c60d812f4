import { useEffect } from 'react';

import { guardRoute } from './router';

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
