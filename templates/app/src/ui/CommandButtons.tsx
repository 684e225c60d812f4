import { Button } from '@aws-amplify/ui-react';
import { useState } from 'react';
import { flushSync } from 'react-dom';

import { isAllowed } from '../data/access';
import { useUser } from '../data/user';
import { announce } from './announce';
import { answerOf, isOffered, type Command } from './command';
import { CommandDialog } from './CommandDialog';
import { ImmediateCommand } from './ImmediateCommand';
import { goTo } from './router';

interface CommandButtonsProps {
  commands: readonly Command[];
  record: object;
  id: string;
  title: string;
}

/** The commands that the user may give for a record as it is now. */
export function CommandButtons({ commands, record, id, title }: CommandButtonsProps) {
  const user = useUser();
  // What the page showed when the button was pressed; others may change it while people read.
  const [asking, setAsking] = useState<{ command: Command; record: object }>();
  const offered = commands.filter(
    (command) => isAllowed(command.rules, user, record) && isOffered(command, record),
  );
  const finish = ({ label, says, opens, page, key }: Command, result: unknown) => {
    announce(answerOf(result, says) ?? `${label}: done.`);
    open(answerOf(result, opens));
    const made = answerOf(result, key);
    if (page !== undefined && made !== undefined) {
      goTo(page + encodeURIComponent(made));
    }
  };

  return (
    <>
      {offered.map((command) =>
        command.isImmediate ? (
          <ImmediateCommand
            key={command.name}
            command={command}
            record={record}
            id={id}
            title={title}
            onDone={(result) => finish(command, result)}
          />
        ) : (
          <Button
            key={command.name}
            size="small"
            aria-label={`${command.label}: ${title}`}
            onClick={() => setAsking({ command, record })}
          >
            {command.label}
          </Button>
        ),
      )}
      {asking && (
        <CommandDialog
          {...asking}
          id={id}
          title={title}
          onDone={(result) => {
            // What was entered is gone at once: the browser has nothing to ask when it leaves.
            flushSync(() => setAsking(undefined));
            finish(asking.command, result);
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
