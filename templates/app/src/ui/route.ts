import type { ComponentType, LazyExoticComponent } from 'react';

import type { Audience } from './audience';

export interface Route {
  /** Begins with a slash. */
  path: string;
  title: string;
  description: string;
  audience?: Audience;
  Component: LazyExoticComponent<ComponentType>;
}
