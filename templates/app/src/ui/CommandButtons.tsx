import { Button } from '@aws-amplify/ui-react';
import { useState } from 'react';
import { flushSync } from 'react-dom';

import { isAllowed } from '../data/access';
import { useUser } from '../data/user';
import { announce } from './announce';
import { answerOf, isOffered, type Command } from './command';
import { CommandDialog } from './CommandDialog';

interface CommandButtonsProps {
  commands: readonly Command[];
  record: object;
  id: string;
  title: string;
  onDone: () => void;
}

/** The commands that the user may give for a record as it is now. */
export function CommandButtons({ commands, record, id, title, onDone }: CommandButtonsProps) {
  const user = useUser();
  // What the page showed when the button was pressed; others may change it while people read.
  const [asking, setAsking] = useState<{ command: Command; record: object }>();
  const offered = commands.filter(
    (command) => isAllowed(command.rules, user, record) && isOffered(command, record),
  );

  return (
    <>
      {offered.map((command) => (
        <Button
          key={command.name}
          size="small"
          aria-label={`${command.label}: ${title}`}
          onClick={() => setAsking({ command, record })}
        >
          {command.label}
        </Button>
      ))}
      {asking && (
        <CommandDialog
          {...asking}
          id={id}
          title={title}
          onDone={(result) => {
            // What was entered is gone at once: the browser has nothing to ask when it leaves.
            flushSync(() => setAsking(undefined));
            const { command } = asking;
            announce(answerOf(result, command.says) ?? `${command.label}: done.`);
            open(answerOf(result, command.opens));
            onDone();
          }}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
}

/** Goes to a page outside of the application. */
function open(address: string | undefined) {
  if (address?.startsWith('https://') || address?.startsWith('http://')) {
    window.location.assign(address);
  }
}
