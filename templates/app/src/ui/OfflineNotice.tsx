import { useSyncExternalStore } from 'react';

/** Says that there is no connection, as long as there is none. */
export function OfflineNotice() {
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <p className="notice" role="status" hidden={isOnline}>
      {!isOnline && 'You are offline. What you see may be old, and changes cannot be saved.'}
    </p>
  );
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('online', onChange);
  window.addEventListener('offline', onChange);
  return () => {
    window.removeEventListener('online', onChange);
    window.removeEventListener('offline', onChange);
  };
}
