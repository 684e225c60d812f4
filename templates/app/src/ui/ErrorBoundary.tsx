import { Component, type ReactNode } from 'react';

import { ErrorMessage } from './States';

interface ErrorBoundaryState {
  hasFailed: boolean;
}

export class ErrorBoundary extends Component<{ children: ReactNode }, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { hasFailed: false };

  static getDerivedStateFromError(): ErrorBoundaryState {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? (
      <ErrorMessage
        title="This page could not be shown"
        message="Reload it. If that does not help, the browser’s console says more."
        onRetry={() => window.location.reload()}
      />
    ) : (
      this.props.children
    );
  }
}
