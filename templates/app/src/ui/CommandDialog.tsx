import { Button } from '@aws-amplify/ui-react';

import { throwErrors } from '../data/failure';
import type { Command } from './command';
import { Dialog } from './Dialog';
import { FormFields, FormProblem } from './FormFields';
import { useForm } from './useForm';

interface CommandDialogProps {
  command: Command;
  record: object;
  id: string;
  title: string;
  onDone: (result: unknown) => void;
  onClose: () => void;
}

/** Asks for what a command needs, gives it, and says why it was refused. */
export function CommandDialog({ command, record, id, title, onDone, onClose }: CommandDialogProps) {
  const { label, description, Inputs, run } = command;
  const form = useForm(async (data) => {
    const result = await run(id, data, record);
    throwErrors(result);
    onDone(result.data);
    return result;
  });

  return (
    <Dialog title={`${label}: ${title}`} onClose={onClose}>
      <form className="form" onSubmit={form.onSubmit} onChange={form.touch}>
        {description && <p>{description}</p>}
        {Inputs && (
          <FormFields form={form}>
            <Inputs />
          </FormFields>
        )}
        <div className="actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variation="primary" aria-disabled={form.isPending}>
            {form.isPending ? 'Working…' : label}
          </Button>
        </div>
        <FormProblem form={form} />
      </form>
    </Dialog>
  );
}
