import { Button } from '@aws-amplify/ui-react';
import { use, useState } from 'react';

import { isAllowed } from '../data/access';
import {
  messageOf,
  throwErrors,
  type ListRecords,
  type RecordResult,
  type Summarize,
} from '../data/api';
import { collect } from '../data/useAll';
import { currentUser } from '../data/user';
import type { Column } from './column';
import { ConfirmDialog } from './ConfirmDialog';
import { download, toCsv } from './csv';
import type { Actions } from './RecordActions';
import { ErrorMessage } from './States';
import type { Selection } from './useSelection';

interface TableToolbarProps<Row> {
  title: string;
  list: ListRecords<Row>;
  columns: readonly Column<Row>[];
  /** Those of the selected rows that are shown; all records when there are none. */
  selected: readonly Row[];
  selection: Selection;
  summarize: Summarize<Row>;
  actions: Actions | undefined;
  onRemoved: () => void;
}

/** What can be done with many rows at once. */
export function TableToolbar<Row extends object>({
  title,
  list,
  columns,
  selected,
  selection,
  summarize,
  actions,
  onRemoved,
}: TableToolbarProps<Row>) {
  const user = use(currentUser());
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<string>();
  const count = selected.length;
  const { remove, access } = actions ?? {};
  const removable = access ? selected.filter((row) => isAllowed(access.delete, user, row)) : [];

  const run = async (work: () => Promise<void>) => {
    setIsBusy(true);
    setError(undefined);
    try {
      await work();
    } catch (cause) {
      setError(messageOf(cause));
    } finally {
      setIsBusy(false);
      setIsAsking(false);
    }
  };

  const exportRows = async () => {
    const rows = count > 0 ? selected : (await collect(list)).rows;
    download(`${title}.csv`, toCsv(columns, rows));
  };

  const removeAll = async (removeOne: (id: string) => Promise<RecordResult<unknown>>) => {
    try {
      for (const row of removable) {
        throwErrors(await removeOne(summarize(row).id));
      }
    } finally {
      selection.clear();
      onRemoved();
    }
  };

  return (
    <>
      <div className="actions" role="group" aria-label={`With ${title.toLowerCase()}`}>
        <Button size="small" isDisabled={isBusy} onClick={() => void run(exportRows)}>
          {count > 0 ? `Export ${count} as CSV` : 'Export as CSV'}
        </Button>
        {remove && removable.length > 0 && (
          <Button size="small" onClick={() => setIsAsking(true)}>
            Delete {removable.length}
          </Button>
        )}
      </div>
      {error && <ErrorMessage message={error} />}
      {remove && isAsking && (
        <ConfirmDialog
          title={`Delete ${removable.length} of ${title}?`}
          confirmLabel="Delete"
          isBusy={isBusy}
          onConfirm={() => void run(() => removeAll(remove))}
          onCancel={() => setIsAsking(false)}
        >
          <p>This cannot be undone.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
