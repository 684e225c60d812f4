import { Button, Loader, Message } from '@aws-amplify/ui-react';
import { useEffect, type ReactNode } from 'react';

import type { Failure } from '../data/failure';

export function Loading({ label = 'Loading…' }: { label?: string }) {
  return (
    <p className="state" role="status">
      <Loader aria-hidden="true" /> {label}
    </p>
  );
}

interface EmptyProps {
  children: ReactNode;
  /** What to do next: a link or a button. */
  action?: ReactNode;
}

export function Empty({ children, action }: EmptyProps) {
  return (
    <div className="state empty">
      <p>{children}</p>
      {action}
    </div>
  );
}

export function NotAllowed({ what = 'see this page' }: { what?: string }) {
  return (
    <Message className="state-message" role="alert" colorTheme="warning" heading="No access">
      You are not allowed to {what}. Ask an administrator for access.
    </Message>
  );
}

interface ErrorMessageProps {
  title?: string;
  failure: Failure;
  onRetry?: () => void;
}

const HEADINGS = { forbidden: 'Not allowed', offline: 'You are offline', other: undefined };

/** Says what failed. When it was for want of a connection, it is tried again when that is back. */
export function ErrorMessage({ title, failure, onRetry }: ErrorMessageProps) {
  const { kind, message } = failure;
  const isRetriedOnline = kind === 'offline' && onRetry !== undefined;

  useEffect(() => {
    if (!isRetriedOnline) {
      return undefined;
    }
    window.addEventListener('online', onRetry);
    return () => window.removeEventListener('online', onRetry);
  }, [isRetriedOnline, onRetry]);

  return (
    <Message
      className="state-message"
      role="alert"
      colorTheme={kind === 'forbidden' ? 'warning' : 'error'}
      heading={title ?? HEADINGS[kind]}
    >
      {message}
      {onRetry && kind !== 'forbidden' && (
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      )}
    </Message>
  );
}
