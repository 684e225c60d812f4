import { Button } from '@aws-amplify/ui-react';
import { useState } from 'react';

import { isAllowed, type Access } from '../data/access';
import type { RecordResult } from '../data/api';
import { failureOf, throwErrors, type Failure } from '../data/failure';
import { useUser } from '../data/user';
import type { Command } from './command';
import { CommandButtons } from './CommandButtons';
import { ConfirmDialog } from './ConfirmDialog';
import { ErrorMessage } from './States';

/** What can be done with the records of a model. */
export interface Actions {
  access: Access;
  /** The address of the form for a new record. */
  createHref?: string;
  /** The address of the form up to the id, such as `#/order-form?id=`. */
  editHref?: string;
  remove?: (id: string) => Promise<RecordResult<unknown>>;
  commands?: readonly Command[];
}

interface RecordActionsProps {
  actions: Actions;
  record: object;
  id: string;
  title: string;
  onRemoved: () => void;
  /** Something else may have become of the record. */
  onChanged: () => void;
}

/** The buttons of one record: those that the user may use. */
export function RecordActions({
  actions,
  record,
  id,
  title,
  onRemoved,
  onChanged,
}: RecordActionsProps) {
  const user = useUser();
  const [isAsking, setIsAsking] = useState(false);
  const { access, editHref, remove, commands } = actions;
  const mayEdit = editHref !== undefined && isAllowed(access.update, user, record);
  const mayRemove = remove !== undefined && isAllowed(access.delete, user, record);

  return (
    <div className="actions">
      {commands && (
        <CommandButtons
          commands={commands}
          record={record}
          id={id}
          title={title}
          onDone={onChanged}
        />
      )}
      {mayEdit && (
        <a
          className="amplify-button amplify-button--small"
          href={editHref + encodeURIComponent(id)}
          aria-label={`Edit ${title}`}
        >
          Edit
        </a>
      )}
      {mayRemove && (
        <Button size="small" aria-label={`Delete ${title}`} onClick={() => setIsAsking(true)}>
          Delete
        </Button>
      )}
      {mayRemove && isAsking && (
        <RemoveDialog
          title={title}
          remove={() => remove(id)}
          onRemoved={onRemoved}
          onClose={() => setIsAsking(false)}
        />
      )}
    </div>
  );
}

/** The way to a new record, for those who may make one. */
export function CreateLink({ actions, noun }: { actions: Actions | undefined; noun: string }) {
  const user = useUser();
  if (!actions?.createHref || !isAllowed(actions.access.create, user)) {
    return null;
  }
  return (
    <a
      className="amplify-button amplify-button--small amplify-button--primary"
      href={actions.createHref}
    >
      New {noun}
    </a>
  );
}

interface RemoveDialogProps {
  title: string;
  remove: () => Promise<RecordResult<unknown>>;
  onRemoved: () => void;
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
