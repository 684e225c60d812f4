import { Button } from '@aws-amplify/ui-react';
import { useState } from 'react';

import { isAllowed } from '../data/access';
import { useUser } from '../data/user';
import { announce } from './announce';
import { isOffered, type Command } from './command';
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
          onDone={() => {
            setAsking(undefined);
            announce(`${asking.command.label}: done.`);
            onDone();
          }}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
}
