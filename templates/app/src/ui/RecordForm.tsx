import { Button, Message } from '@aws-amplify/ui-react';
import {
  Fragment,
  startTransition,
  useActionState,
  useId,
  type ReactNode,
  type SubmitEvent,
} from 'react';

import { messageOf, throwErrors, type ApiError } from '../data/api';
import { FieldError } from './form';

interface RecordFormProps {
  title: string;
  description?: string;
  saveLabel?: string;
  save: (form: FormData) => Promise<{ errors?: readonly ApiError[] }>;
  children: ReactNode;
}

interface Outcome {
  status: 'untouched' | 'saved' | 'failed';
  message: string;
  /** Changes with each success, which empties the fields. */
  revision: number;
}

const UNTOUCHED: Outcome = { status: 'untouched', message: '', revision: 0 };

export function RecordForm({
  title,
  description,
  saveLabel = 'Save',
  save,
  children,
}: RecordFormProps) {
  const headingId = useId();
  const [outcome, submit, isPending] = useActionState(
    async ({ revision }: Outcome, form: HTMLFormElement): Promise<Outcome> => {
      try {
        throwErrors(await save(new FormData(form)));
        return { status: 'saved', message: 'Saved.', revision: revision + 1 };
      } catch (cause) {
        return { status: 'failed', message: explain(cause, form), revision };
      }
    },
    UNTOUCHED,
  );

  // Not `action={submit}`: React would empty the fields even when saving failed.
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (!isPending) {
      startTransition(() => submit(form));
    }
  };

  return (
    <form className="panel form" aria-labelledby={headingId} onSubmit={onSubmit}>
      <h2 id={headingId}>{title}</h2>
      {description && <p className="muted">{description}</p>}
      <Fragment key={outcome.revision}>{children}</Fragment>
      <div className="actions">
        <Button type="submit" variation="primary" aria-disabled={isPending}>
          {isPending ? 'Saving…' : saveLabel}
        </Button>
        <p role="status">{!isPending && outcome.status === 'saved' && outcome.message}</p>
      </div>
      {!isPending && outcome.status === 'failed' && (
        <Message role="alert" colorTheme="error">
          {outcome.message}
        </Message>
      )}
    </form>
  );
}

/** Moves the focus to the field at fault and names it by its label. */
function explain(cause: unknown, form: HTMLFormElement): string {
  if (!(cause instanceof FieldError)) {
    return messageOf(cause);
  }
  const control = form.querySelector<HTMLInputElement>(`[name="${CSS.escape(cause.field)}"]`);
  control?.focus();
  const label = control?.labels?.[0]?.textContent ?? cause.field;
  return `${label}: ${cause.message}`;
}
