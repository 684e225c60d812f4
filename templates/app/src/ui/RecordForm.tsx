import { Button, Message } from '@aws-amplify/ui-react';
import {
  Fragment,
  startTransition,
  useActionState,
  useCallback,
  useId,
  useState,
  type ReactNode,
  type SubmitEvent,
} from 'react';

import { titleOf, type GetRecord, type RecordResult, type Summarize } from '../data/api';
import { failureOf, throwErrors } from '../data/failure';
import { useRecord } from '../data/useRecord';
import { changes, FieldError } from './form';
import { useHashRoute } from './router';
import { ScopeContext, valuesOf } from './scope';
import { Empty, ErrorMessage, Loading } from './States';
import { TouchContext, useUnsavedChanges } from './unsaved';

interface RecordFormProps<Input, Row> {
  /** What one record is called: "order". */
  noun: string;
  read: (form: FormData) => Input;
  create: (input: Input) => Promise<RecordResult<unknown>>;
  /** Without it, records can be made and not changed. */
  edit?: {
    get: GetRecord<Row>;
    summarize: Summarize<Row>;
    update: (id: string, changes: Partial<Input>) => Promise<RecordResult<unknown>>;
    /** The part of the address that holds the record's id. */
    param?: string;
  };
  children: ReactNode;
}

/** Makes a record, or changes the one that the address names. */
export function RecordForm<Input extends object, Row extends object>({
  noun,
  read,
  create,
  edit,
  children,
}: RecordFormProps<Input, Row>) {
  const { params } = useHashRoute();
  const id = edit && params.get(edit.param ?? 'id');

  if (!id) {
    return (
      <ScopeContext value={{ prefix: '', isOptional: false, given: params }}>
        <Form title={`New ${noun}`} save={(form) => create(read(form))} isEmptiedAfter>
          {children}
        </Form>
      </ScopeContext>
    );
  }
  return (
    <EditForm key={id} noun={noun} id={id} read={read} {...edit}>
      {children}
    </EditForm>
  );
}

type EditFormProps<Input, Row> = NonNullable<RecordFormProps<Input, Row>['edit']> &
  Pick<RecordFormProps<Input, Row>, 'noun' | 'read' | 'children'> & { id: string };

function EditForm<Input extends object, Row extends object>({
  noun,
  id,
  read,
  get,
  summarize,
  update,
  children,
}: EditFormProps<Input, Row>) {
  const { record, status, error, reload } = useRecord(get, id);
  if (status === 'loading') {
    return <Loading />;
  }
  if (error !== undefined) {
    return <ErrorMessage failure={error} onRetry={reload} />;
  }
  if (record === undefined) {
    return <Empty>This record does not exist, or you are not allowed to see it.</Empty>;
  }
  return (
    <ScopeContext value={{ prefix: '', isOptional: false, values: valuesOf(record) }}>
      <Form
        title={`Edit ${noun}: ${titleOf(summarize(record))}`}
        save={(form) => update(id, changes(read(form), record))}
      >
        {children}
      </Form>
    </ScopeContext>
  );
}

interface FormProps {
  title: string;
  save: (form: FormData) => Promise<RecordResult<unknown>>;
  isEmptiedAfter?: boolean;
  children: ReactNode;
}

interface Outcome {
  status: 'untouched' | 'saved' | 'failed';
  message: string;
  /** Changes with each success after which the fields are emptied. */
  revision: number;
}

const UNTOUCHED: Outcome = { status: 'untouched', message: '', revision: 0 };

function Form({ title, save, isEmptiedAfter = false, children }: FormProps) {
  const headingId = useId();
  const [isDirty, setIsDirty] = useState(false);
  const [outcome, submit, isPending] = useActionState(
    async ({ revision }: Outcome, form: HTMLFormElement): Promise<Outcome> => {
      try {
        throwErrors(await save(new FormData(form)));
        setIsDirty(false);
        const next = isEmptiedAfter ? revision + 1 : revision;
        return { status: 'saved', message: 'Saved.', revision: next };
      } catch (cause) {
        return { status: 'failed', message: explain(cause, form), revision };
      }
    },
    UNTOUCHED,
  );
  useUnsavedChanges(isDirty);
  const touch = useCallback(() => setIsDirty(true), []);

  // Not `action={submit}`: React would empty the fields even when saving failed.
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (!isPending) {
      startTransition(() => submit(form));
    }
  };

  return (
    <form className="panel form" aria-labelledby={headingId} onSubmit={onSubmit} onChange={touch}>
      <h2 id={headingId}>{title}</h2>
      <TouchContext value={touch}>
        <Fragment key={outcome.revision}>{children}</Fragment>
      </TouchContext>
      <div className="actions">
        <Button type="submit" variation="primary" aria-disabled={isPending}>
          {isPending ? 'Saving…' : 'Save'}
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
    return failureOf(cause).message;
  }
  const control = form.querySelector<HTMLInputElement>(`[name="${CSS.escape(cause.field)}"]`);
  control?.focus();
  const label = control?.labels?.[0]?.textContent ?? cause.field;
  return `${label}: ${cause.message}`;
}
