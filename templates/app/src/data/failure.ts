import type { ApiError, ListResult, RecordResult } from './api';

/** Why something could not be done, in words for the people who wanted it. */
export interface Failure {
  kind: 'forbidden' | 'offline' | 'other';
  message: string;
}

class RequestError extends Error {
  readonly isForbidden: boolean;

  constructor({ message, errorType }: ApiError) {
    super(message);
    this.name = 'RequestError';
    this.isForbidden = errorType === 'Unauthorized' || message.startsWith('Not Authorized');
  }
}

/**
 * Amplify reports failed requests in `errors` instead of throwing; this throws them. A field that
 * the user may not read is an error beside the data, and no reason to show nothing.
 */
export function throwErrors({ data, errors }: ListResult<unknown> | RecordResult<unknown>): void {
  const [first] = errors ?? [];
  const isEmpty = Array.isArray(data) ? data.length === 0 : !data;
  if (first && isEmpty) {
    throw new RequestError(first);
  }
}

export function failureOf(cause: unknown): Failure {
  if (isForbidden(cause)) {
    const message = 'You are not allowed to do this. Ask an administrator for access.';
    return { kind: 'forbidden', message };
  }
  if (
    !navigator.onLine ||
    (cause instanceof Error && /network|failed to fetch/i.test(cause.message))
  ) {
    return { kind: 'offline', message: 'There is no connection. Try again when you are online.' };
  }
  const message = cause instanceof Error ? cause.message : '';
  return { kind: 'other', message: message || 'Something went wrong. Try again.' };
}

function isForbidden(cause: unknown): boolean {
  if (cause instanceof RequestError) {
    return cause.isForbidden;
  }
  // What the storage says.
  return cause instanceof Error && cause.name === 'AccessDenied';
}
