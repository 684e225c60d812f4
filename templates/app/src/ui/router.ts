import { useMemo, useSyncExternalStore } from 'react';

export interface HashRoute {
  path: string;
  params: URLSearchParams;
}

/** Where people sign in when the page they are on does not ask for it. */
export const SIGN_IN = '/sign-in';

type Guard = () => boolean;

const listeners = new Set<() => void>();
const guards = new Set<Guard>();

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

export function goTo(path: string): void {
  window.location.hash = hrefTo(path);
}

/** Changes the address, but not the page, so that it can be shared and come back to. */
export function replaceParam(name: string, value: string): void {
  const [path = '', query = ''] = window.location.hash.slice(1).split(/\?(.*)/, 2);
  const params = new URLSearchParams(query);
  params.delete(name);
  if (value !== '') {
    params.set(name, value);
  }
  const search = params.size > 0 ? `?${params.toString()}` : '';
  window.history.replaceState(null, '', hrefTo(path + search));
}

/** Lets `mayLeave` keep the present route. Returns what ends that. */
export function guardRoute(mayLeave: Guard): () => void {
  guards.add(mayLeave);
  return () => guards.delete(mayLeave);
}

function subscribe(onChange: () => void): () => void {
  if (listeners.size === 0) {
    window.addEventListener('hashchange', onHashChange);
  }
  listeners.add(onChange);
  return () => {
    listeners.delete(onChange);
    if (listeners.size === 0) {
      window.removeEventListener('hashchange', onHashChange);
    }
  };
}

function onHashChange({ oldURL }: HashChangeEvent): void {
  if (Array.from(guards).every((mayLeave) => mayLeave())) {
    listeners.forEach((notify) => notify());
  } else {
    // The address has changed already. Putting it back this way tells nobody.
    window.history.pushState(null, '', oldURL);
  }
}
