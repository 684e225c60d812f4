import { createContext, use, useEffect, useId, useSyncExternalStore, type ReactNode } from 'react';

import { Listeners } from '../listeners';

/** What the page's own heading says. */
export const PageTitleContext = createContext('');

const listeners = new Listeners();
let shown: string | undefined;

function show(title: string | undefined): void {
  shown = title;
  listeners.notify();
}

/** Calls the page after the one thing that it shows, as long as it does. */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    show(title);
    return () => show(undefined);
  }, [title]);
}

/** What the page is called after; nothing where it shows no single thing. */
export function useShownTitle(): string | undefined {
  return useSyncExternalStore(listeners.subscribe, () => shown);
}

/** The heading of a part of the page, and its id. It is not seen where the page's own says the same. */
export function useHeading(title: string): { id: string; heading: ReactNode } {
  const id = useId();
  const isRepeated = use(PageTitleContext) === title;
  const className = isRepeated ? 'unseen' : undefined;
  return {
    id,
    heading: (
      <h2 id={id} className={className}>
        {title}
      </h2>
    ),
  };
}
