import {
  startTransition,
  useActionState,
  useCallback,
  useRef,
  useState,
  type SubmitEvent,
} from 'react';

import type { RecordResult } from '../data/api';
import { failureOf, throwErrors } from '../data/failure';
import { FieldError } from './form';
import { saveWithFiles, type FileField, type RegisterFile } from './formFiles';
import { useUnsavedChanges } from './unsaved';

interface Outcome {
  status: 'untouched' | 'saved' | 'failed';
  message: string;
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
  const [outcome, submit, isPending] = useActionState(
    async ({ revision }: Outcome, form: HTMLFormElement): Promise<Outcome> => {
      const saved = edits.current;
      try {
        await saveWithFiles(files.current, new FormData(form), async (data) =>
          throwErrors(await save(data)),
        );
        // What was written in the meantime is not saved yet.
        setIsDirty(edits.current !== saved);
        const next = isEmptiedAfter ? revision + 1 : revision;
        return { status: 'saved', message: 'Saved.', revision: next };
      } catch (cause) {
        return { status: 'failed', message: explain(cause, form), revision };
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
