import { Button } from '@aws-amplify/ui-react';

import type { Failure } from '../data/failure';
import { PlainText } from './PlainText';

interface OutgoingMessageProps {
  text: string | null | undefined;
  failure: Failure | undefined;
  onRetry: () => void;
  onDiscard: () => void;
}

/** A message that is being sent, or could not be. */
export function OutgoingMessage({ text, failure, onRetry, onDiscard }: OutgoingMessageProps) {
  return (
    <li className="chat-message chat-own">
      <PlainText text={text} />
      {failure ? (
        <div className="actions">
          <p className="chat-failure">Not sent: {failure.message}</p>
          <Button size="small" onClick={onRetry}>
            Try again
          </Button>
          <Button size="small" variation="link" onClick={onDiscard}>
            Discard
          </Button>
        </div>
      ) : (
        <p className="muted">Sending…</p>
      )}
    </li>
  );
}
