import { isAllowed, type Access } from '../data/access';
import type { RecordResult } from '../data/api';
import { useUser } from '../data/user';
import type { Command } from './command';
import { CommandButtons } from './CommandButtons';
import { RemoveButton } from './RemoveButton';

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
}

/** The buttons of one record: those that the user may use. */
export function RecordActions({ actions, record, id, title, onRemoved }: RecordActionsProps) {
  const user = useUser();
  const { access, editHref, remove, commands } = actions;
  const mayEdit = editHref !== undefined && isAllowed(access.update, user, record);
  const mayRemove = remove !== undefined && isAllowed(access.delete, user, record);

  return (
    <div className="actions">
      {commands && <CommandButtons commands={commands} record={record} id={id} title={title} />}
      {mayEdit && (
        <a
          className="amplify-button amplify-button--small"
          href={editHref + encodeURIComponent(id)}
          aria-label={`Edit ${title}`}
        >
          Edit
        </a>
      )}
      {mayRemove && <RemoveButton title={title} remove={() => remove(id)} onRemoved={onRemoved} />}
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
