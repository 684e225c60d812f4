import { Button } from '@aws-amplify/ui-react';
import { useState, type ReactNode } from 'react';

import { isAllowed } from '../data/access';
import type { ListRecords, RecordResult, Summarize } from '../data/api';
import { failureOf, throwErrors, type Failure } from '../data/failure';
import { collect } from '../data/useAll';
import { useUser } from '../data/user';
import { inSentence } from '../data/words';
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
  children: ReactNode;
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
  children,
}: TableToolbarProps<Row>) {
  const user = useUser();
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const count = selected.length;
  const { remove, access } = actions ?? {};
  const removable = access ? selected.filter((row) => isAllowed(access.delete, user, row)) : [];

  const run = async (work: () => Promise<void>) => {
    setIsBusy(true);
    setFailure(undefined);
    try {
      await work();
    } catch (cause) {
      setFailure(failureOf(cause));
    } finally {
      setIsBusy(false);
      setIsAsking(false);
    }
  };

  const exportRows = async () => {
    const rows = count > 0 ? selected : (await collect(list, Infinity)).rows;
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
      <div className="actions" role="group" aria-label={`With ${inSentence(title)}`}>
        {children}
        <Button size="small" isDisabled={isBusy} onClick={() => void run(exportRows)}>
          {count > 0 ? `Export ${count} as CSV` : 'Export as CSV'}
        </Button>
        {remove && removable.length > 0 && (
          <Button size="small" onClick={() => setIsAsking(true)}>
            Delete {removable.length}
          </Button>
        )}
      </div>
      {failure && <ErrorMessage failure={failure} />}
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
