import type { ComponentType, LazyExoticComponent } from 'react';

export interface Route {
  /** Begins with a slash. */
  path: string;
  title: string;
  description: string;
  Component: LazyExoticComponent<ComponentType>;
}
