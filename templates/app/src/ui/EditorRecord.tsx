import { isAllowed } from '../data/access';
import { useRecord } from '../data/useRecord';
import { useUser } from '../data/user';
import { EditorSheet, type SheetProps } from './EditorSheet';
import { Empty, ErrorMessage, Loading, NotAllowed } from './States';
import type { Versioned } from './useEditing';

/** Loads a text and opens it, for those who may change it. */
export function EditorRecord<Row extends Versioned, Input extends object>({
  id,
  ...sheet
}: SheetProps<Row, Input> & { id: string }) {
  const user = useUser();
  const { record, status, error, reload } = useRecord(sheet.get, id);
  if (status === 'loading') {
    return <Loading />;
  }
  if (error !== undefined) {
    return <ErrorMessage failure={error} onRetry={reload} />;
  }
  if (record === undefined) {
    return <Empty>This record does not exist, or you are not allowed to see it.</Empty>;
  }
  if (!isAllowed(sheet.access.update, user, record)) {
    return <NotAllowed what={`change this ${sheet.noun}`} />;
  }
  return <EditorSheet record={record} {...sheet} />;
}
