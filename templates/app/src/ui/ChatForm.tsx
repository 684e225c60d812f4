import { Button, Message } from '@aws-amplify/ui-react';
import { useState, type KeyboardEvent, type ReactNode, type SubmitEvent } from 'react';

import { explain } from './useForm';

interface ChatFormProps {
  /** Throws what is wrong with the fields. */
  send: (form: FormData) => void;
  children: ReactNode;
}

/** Writes a message: Enter sends it, Shift and Enter begin a new line. */
export function ChatForm({ send, children }: ChatFormProps) {
  const [problem, setProblem] = useState('');

  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    try {
      send(new FormData(form));
      form.reset();
      setProblem('');
    } catch (cause) {
      setProblem(explain(cause, form));
    }
  };

  return (
    <form className="chat-form" onSubmit={onSubmit} onKeyDown={sendOnEnter}>
      {children}
      <div className="actions">
        <Button type="submit" variation="primary">
          Send
        </Button>
        <p className="muted">Enter sends, Shift + Enter begins a new line.</p>
      </div>
      {problem && (
        <Message role="alert" colorTheme="error">
          {problem}
        </Message>
      )}
    </form>
  );
}

function sendOnEnter(event: KeyboardEvent<HTMLFormElement>) {
  const { key, shiftKey, nativeEvent, target, currentTarget } = event;
  const isText = target instanceof HTMLTextAreaElement;
  if (isText && key === 'Enter' && !shiftKey && !nativeEvent.isComposing) {
    event.preventDefault();
    currentTarget.requestSubmit();
  }
}
