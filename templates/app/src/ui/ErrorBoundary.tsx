import { Component, type ReactNode } from 'react';

import { ErrorMessage } from './States';

interface ErrorBoundaryState {
  hasFailed: boolean;
}

const FAILURE = {
  kind: 'other',
  message: 'Reload it. If that does not help, the browser’s console says more.',
} as const;

export class ErrorBoundary extends Component<{ children: ReactNode }, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { hasFailed: false };

  static getDerivedStateFromError(): ErrorBoundaryState {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? (
      <ErrorMessage
        title="This page could not be shown"
        failure={FAILURE}
        onRetry={() => window.location.reload()}
      />
    ) : (
      this.props.children
    );
  }
}
