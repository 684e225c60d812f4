import type { ComponentType, LazyExoticComponent } from 'react';

import type { Audience } from './audience';

export interface Route {
  /** Begins with a slash. */
  path: string;
  title: string;
  description?: string;
  /** The part of the navigation where it is listed. */
  section?: string;
  /** Whether other pages lead to it, so that the navigation does not. */
  isInner?: boolean;
  /** Who may open the page. */
  audience?: Audience;
  /** Those of them who can do there what it is for, where these are not all. */
  shownTo?: Audience;
  Component: LazyExoticComponent<ComponentType>;
}
