import { Button } from '@aws-amplify/ui-react';
import type { ReactNode } from 'react';

import type { RecordResult } from '../data/api';
import { FormFields, FormProblem } from './FormFields';
import { useHeading } from './pageTitle';
import { useForm } from './useForm';

interface FormPanelProps {
  title: string;
  save: (form: FormData) => Promise<RecordResult<unknown>>;
  /** Whether the fields are emptied for the next record once this one is saved. */
  isEmptiedAfter?: boolean;
  submitLabel?: string;
  /** What has to be decided before it is saved; `settle` notes that nothing is to be saved. */
  notice?: ((settle: () => void) => ReactNode) | undefined;
  children: ReactNode;
}

/** A form with its title, its button, and what became of it. */
export function FormPanel({
  title,
  save,
  isEmptiedAfter = false,
  submitLabel = 'Save',
  notice,
  children,
}: FormPanelProps) {
  const { id, heading } = useHeading(title);
  const form = useForm(save, isEmptiedAfter);
  const { isPending, outcome, onSubmit, touch } = form;
  const isUnfinished = outcome.status === 'unfinished';
  return (
    <form className="panel form" aria-labelledby={id} onSubmit={onSubmit} onChange={touch}>
      {heading}
      <FormFields form={form}>{children}</FormFields>
      {!isPending && notice?.(form.settle)}
      <div className="actions">
        <Button type="submit" variation="primary" aria-disabled={isPending}>
          {isPending ? 'Saving…' : isUnfinished ? 'Try again' : submitLabel}
        </Button>
        {isUnfinished && !isPending && <Button onClick={form.leave}>Leave it so</Button>}
        <p role="status">{!isPending && outcome.status === 'saved' && outcome.message}</p>
      </div>
      <FormProblem form={form} />
    </form>
  );
}
