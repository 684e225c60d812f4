import { Button } from '@aws-amplify/ui-react';
import { useState } from 'react';

import { askAgain } from '../data/asking';
import { failureOf, throwErrors, type Failure } from '../data/failure';
import type { Command } from './command';
import { ErrorMessage } from './States';

interface ImmediateCommandProps {
  command: Command;
  record: object;
  id: string;
  title: string;
  onDone: (result: unknown) => void;
}

/** Gives a command at once, and says beside its button why it was refused. */
export function ImmediateCommand({ command, record, id, title, onDone }: ImmediateCommandProps) {
  const { label, run } = command;
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  const give = async () => {
    setIsBusy(true);
    setFailure(undefined);
    try {
      const result = await run(id, new FormData(), record);
      throwErrors(result);
      onDone(result.data);
      askAgain();
    } catch (cause) {
      setFailure(failureOf(cause));
    }
    setIsBusy(false);
  };

  return (
    <>
      <Button
        size="small"
        aria-label={`${label}: ${title}`}
        aria-disabled={isBusy}
        onClick={() => {
          if (!isBusy) {
            void give();
          }
        }}
      >
        {isBusy ? 'Working…' : label}
      </Button>
      {failure && <ErrorMessage failure={failure} />}
    </>
  );
}
