import { Button } from '@aws-amplify/ui-react';

import { Notice } from './Notice';
import { RelativeTime } from './RelativeTime';

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
