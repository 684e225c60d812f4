import {
  startTransition,
  useActionState,
  useCallback,
  useRef,
  useState,
  type SubmitEvent,
} from 'react';

import type { RecordResult } from '../data/api';
import { askAgain } from '../data/asking';
import { failureOf, throwErrors } from '../data/failure';
import { follow, type FollowUp, type RegisterFollowUp } from './followUps';
import { FieldError } from './form';
import { saveWithFiles, type FileField, type RegisterFile } from './formFiles';
import { useUnsavedChanges } from './unsaved';

interface Outcome {
  /** Unfinished is a new record that is saved without all that is to be saved beside it. */
  status: 'untouched' | 'saved' | 'failed' | 'unfinished';
  message: string;
  record?: unknown;
  /** Changes with each success after which the fields are emptied. */
  revision: number;
}

export interface FormState {
  isDirty: boolean;
  isPending: boolean;
  outcome: Outcome;
  /** Notes that something was changed. */
  touch: () => void;
  /** Notes that nothing is to be saved. */
  settle: () => void;
  registerFile: RegisterFile;
  registerFollowUp: RegisterFollowUp;
  /** Is content with an unfinished record. */
  leave: () => void;
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => void;
}

const UNTOUCHED: Outcome = { status: 'untouched', message: '', revision: 0 };

/** Saves a form once at a time, says what became of it, and asks before it is left unsaved. */
export function useForm(
  save: (form: FormData) => Promise<RecordResult<unknown>>,
  isEmptiedAfter = false,
): FormState {
  const [isDirty, setIsDirty] = useState(false);
  const edits = useRef(0);
  const files = useRef(new Map<string, FileField>());
  const followUps = useRef(new Map<string, FollowUp>());

  const store = async (form: HTMLFormElement) => {
    let record: unknown;
    await saveWithFiles(files.current, new FormData(form), async (data) => {
      const result = await save(data);
      throwErrors(result);
      record = result.data;
    });
    askAgain();
    return record;
  };

  const [outcome, submit, isPending] = useActionState(
    async (
      { status, revision, record: unfinished }: Outcome,
      form: HTMLFormElement | undefined,
    ): Promise<Outcome> => {
      const saved = edits.current;
      try {
        // A new record must not be made twice.
        const record = form && status !== 'unfinished' ? await store(form) : unfinished;
        const problem = form ? await follow(followUps.current, record) : '';
        if (problem !== '') {
          return {
            status: isEmptiedAfter ? 'unfinished' : 'failed',
            message: `The record is saved, and this could not be: ${problem}`,
            revision,
            record,
          };
        }
        // What was written in the meantime is not saved yet.
        setIsDirty(edits.current !== saved);
        const next = isEmptiedAfter ? revision + 1 : revision;
        return { status: 'saved', message: 'Saved.', revision: next };
      } catch (cause) {
        return { status: 'failed', message: form ? explain(cause, form) : '', revision };
      }
    },
    UNTOUCHED,
  );
  useUnsavedChanges(isDirty);

  return {
    isDirty,
    isPending,
    outcome,
    touch: useCallback(() => {
      edits.current += 1;
      setIsDirty(true);
    }, []),
    settle: useCallback(() => setIsDirty(false), []),
    registerFile: useCallback((name, field) => {
      files.current.set(name, field);
      return () => files.current.delete(name);
    }, []),
    registerFollowUp: useCallback((label, followUp) => {
      followUps.current.set(label, followUp);
      return () => followUps.current.delete(label);
    }, []),
    leave: () => startTransition(() => submit(undefined)),
    // Not `action={submit}`: React would empty the fields even when saving failed.
    onSubmit: (event) => {
      event.preventDefault();
      const form = event.currentTarget;
      if (!isPending) {
        startTransition(() => submit(form));
      }
    },
  };
}

/** Moves the focus to the field at fault and names it by its label. */
export function explain(cause: unknown, form: HTMLFormElement): string {
  if (!(cause instanceof FieldError)) {
    return failureOf(cause).message;
  }
  const control = controlOf(cause, form);
  const details = control?.closest('details');
  if (details) {
    details.open = true;
  }
  control?.focus();
  const label = control?.labels?.[0]?.textContent ?? cause.field;
  return `${label}: ${cause.message}`;
}

export function controlOf({ field }: FieldError, form: HTMLFormElement): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>(`[name="${CSS.escape(field)}"]`);
}
