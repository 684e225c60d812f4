import { Button } from '@aws-amplify/ui-react';
import { useState } from 'react';

import type { RecordResult } from '../data/api';
import { askAgain } from '../data/asking';
import { failureOf, throwErrors, type Failure } from '../data/failure';
import { ConfirmDialog } from './ConfirmDialog';
import { ErrorMessage } from './States';

interface RemoveButtonProps {
  title: string;
  remove: () => Promise<RecordResult<unknown>>;
  onRemoved: () => void;
}

/** Deletes something once that is confirmed. */
export function RemoveButton({ title, remove, onRemoved }: RemoveButtonProps) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button size="small" aria-label={`Delete ${title}`} onClick={() => setIsAsking(true)}>
        Delete
      </Button>
      {isAsking && (
        <RemoveDialog
          title={title}
          remove={remove}
          onRemoved={onRemoved}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}

interface RemoveDialogProps extends RemoveButtonProps {
  onClose: () => void;
}

function RemoveDialog({ title, remove, onRemoved, onClose }: RemoveDialogProps) {
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  const confirm = async () => {
    setIsBusy(true);
    try {
      throwErrors(await remove());
      onClose();
      onRemoved();
      askAgain();
    } catch (cause) {
      setFailure(failureOf(cause));
      setIsBusy(false);
    }
  };

  return (
    <ConfirmDialog
      title={`Delete ${title}?`}
      confirmLabel="Delete"
      isBusy={isBusy}
      onConfirm={() => void confirm()}
      onCancel={onClose}
    >
      <p>This cannot be undone.</p>
      {failure && <ErrorMessage failure={failure} />}
    </ConfirmDialog>
  );
}
