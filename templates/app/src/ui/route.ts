import type { ComponentType, LazyExoticComponent } from 'react';

export interface Route {
  /** Begins with a slash. */
  path: string;
  title: string;
  description: string;
  /** Who may use the page: everyone, or the users in one of these groups; else all users. */
  audience?: 'everyone' | readonly string[];
  Component: LazyExoticComponent<ComponentType>;
}
