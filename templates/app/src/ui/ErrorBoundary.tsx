import { Component, type ReactNode } from 'react';

import { ErrorMessage } from './States';

interface ErrorBoundaryState {
  hasFailed: boolean;
  /** Whether the page could not be loaded for want of a connection. */
  isOffline: boolean;
}

const FAILURE = {
  kind: 'other',
  message: 'Reload it. If that does not help, the browser’s console says more.',
} as const;

const OFFLINE = {
  kind: 'offline',
  message: 'This page is loaded as soon as you are online.',
} as const;

// What could not be loaded once is asked for again only by a new page.
const reload = () => window.location.reload();

export class ErrorBoundary extends Component<{ children: ReactNode }, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { hasFailed: false, isOffline: false };

  static getDerivedStateFromError(): ErrorBoundaryState {
    return { hasFailed: true, isOffline: !navigator.onLine };
  }

  override render() {
    const { hasFailed, isOffline } = this.state;
    if (!hasFailed) {
      return this.props.children;
    }
    return isOffline ? (
      <ErrorMessage failure={OFFLINE} onRetry={reload} />
    ) : (
      <ErrorMessage title="This page could not be shown" failure={FAILURE} onRetry={reload} />
    );
  }
}
