import { Button } from '@aws-amplify/ui-react';

import { Notice } from './Notice';

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
