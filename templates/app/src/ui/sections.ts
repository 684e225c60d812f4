import type { Route } from './route';

// People read fewer at a glance.
const MANY = 7;

interface Section {
  /** Nothing where all pages are in one. */
  title: string | undefined;
  routes: readonly Route[];
}

/** Pages in the parts in which they are listed, when they are many. */
export function sectionsOf(routes: readonly Route[]): Section[] {
  const titles = new Set(routes.map(({ section }) => section));
  if (routes.length < MANY || titles.size < 2) {
    return [{ title: undefined, routes }];
  }
  return Array.from(titles, (title) => ({
    title,
    routes: routes.filter(({ section }) => section === title),
  }));
}
