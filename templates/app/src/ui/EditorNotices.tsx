import { Button, Message } from '@aws-amplify/ui-react';
import type { ReactNode } from 'react';

import { RelativeTime } from './RelativeTime';

interface NoticeProps {
  heading: string;
  children: ReactNode;
  actions?: ReactNode;
}

function Notice({ heading, children, actions }: NoticeProps) {
  return (
    <Message className="editor-notice" role="status" colorTheme="warning" heading={heading}>
      <p>{children}</p>
      {actions && <div className="actions">{actions}</div>}
    </Message>
  );
}

interface DraftNoticeProps {
  /** When the draft was written. */
  at: string;
  onRestore: () => void;
  onDiscard: () => void;
}

/** Offers what was written and not saved. */
export function DraftNotice({ at, onRestore, onDiscard }: DraftNoticeProps) {
  return (
    <Notice
      heading="There is an unsaved draft"
      actions={
        <>
          <Button size="small" onClick={onRestore}>
            Restore draft
          </Button>
          <Button size="small" variation="link" onClick={onDiscard}>
            Discard draft
          </Button>
        </>
      }
    >
      You wrote it in this browser <RelativeTime at={at} />.
    </Notice>
  );
}

interface ConflictNoticeProps<Row> {
  noun: string;
  /** The record as others left it; nothing when they deleted it. */
  latest: Row | undefined;
  onTake: (row: Row) => void;
  onKeep: (row: Row) => void;
}

/** Says that others changed the record, and lets people choose which version to keep. */
export function ConflictNotice<Row>({ noun, latest, onTake, onKeep }: ConflictNoticeProps<Row>) {
  if (latest === undefined) {
    return (
      <Notice heading={`This ${noun} was deleted meanwhile`}>
        It cannot be saved any more. Copy what you want to keep.
      </Notice>
    );
  }
  return (
    <Notice
      heading={`This ${noun} was changed meanwhile`}
      actions={
        <>
          <Button size="small" onClick={() => onTake(latest)}>
            Load the new version
          </Button>
          <Button size="small" onClick={() => onKeep(latest)}>
            Keep mine
          </Button>
        </>
      }
    >
      Loading the new version discards what you wrote; keeping yours replaces it when you save.
    </Notice>
  );
}
