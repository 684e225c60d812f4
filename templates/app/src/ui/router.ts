import { useMemo, useSyncExternalStore } from 'react';

export interface HashRoute {
  path: string;
  params: URLSearchParams;
}

/** The route in the address: `#/orders?id=1` has the path `/orders`. */
export function useHashRoute(): HashRoute {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return useMemo(() => {
    const [path = '', query = ''] = hash.slice(1).split(/\?(.*)/, 2);
    return { path: path || '/', params: new URLSearchParams(query) };
  }, [hash]);
}

export function hrefTo(path: string): string {
  return `#${path}`;
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}
