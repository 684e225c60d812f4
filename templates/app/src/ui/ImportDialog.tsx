import { Button, Message } from '@aws-amplify/ui-react';
import { useId } from 'react';

import { Dialog } from './Dialog';
import type { Importing, ImportPlan, ImportRow } from './importing';
import { useImport, type ImportState } from './useImport';

interface ImportDialogProps {
  /** What several records are called: "orders". */
  nouns: string;
  importing: Importing;
  onSaved: () => void;
  onClose: () => void;
}

const SHOWN = 10;

/** Makes records of the rows of a CSV file; says before and after what is wrong with which. */
export default function ImportDialog({ nouns, importing, onSaved, onClose }: ImportDialogProps) {
  const fileId = useId();
  const hintId = useId();
  const state = useImport(importing, onSaved);
  const { plan, problem, progress, choose, start } = state;
  const ready = plan?.rows.filter(({ save }) => save) ?? [];
  const names = importing.fields.map(({ label }) => label).join(', ');

  return (
    <Dialog title={`Import ${nouns}`} onClose={onClose}>
      <div className="form">
        <label htmlFor={fileId}>CSV file</label>
        <input
          id={fileId}
          type="file"
          accept=".csv,text/csv"
          aria-describedby={hintId}
          disabled={progress?.isRunning}
          onChange={({ currentTarget }) => choose(currentTarget.files?.[0])}
        />
        <p id={hintId} className="muted">
          The first line names the fields: {names}.
        </p>
        {problem !== undefined && (
          <Message role="alert" colorTheme="error">
            {problem}
          </Message>
        )}
        {plan && <Contents plan={plan} />}
        <p role="status">{sayProgress(state, ready.length)}</p>
        {progress && <Problems title="Refused" rows={progress.refused} />}
      </div>
      <div className="actions">
        <Button onClick={onClose}>{progress ? 'Close' : 'Cancel'}</Button>
        {ready.length > 0 && !progress && (
          <Button variation="primary" onClick={start}>
            Import {ready.length}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

function Contents({ plan: { rows, used, ignored } }: { plan: ImportPlan }) {
  return (
    <>
      <p>
        {rows.length} rows with {used.join(', ')}.
        {ignored.length > 0 && ` Left out: ${ignored.join(', ')}.`}
      </p>
      <Problems title="Cannot be imported" rows={rows.filter(({ problem }) => problem)} />
    </>
  );
}

function Problems({ title, rows }: { title: string; rows: readonly ImportRow[] }) {
  if (rows.length === 0) {
    return null;
  }
  return (
    <Message colorTheme="warning" heading={`${title}: ${rows.length}`}>
      <ul>
        {rows.slice(0, SHOWN).map(({ line, problem }) => (
          <li key={line}>
            Line {line}: {problem}
          </li>
        ))}
        {rows.length > SHOWN && <li>and {rows.length - SHOWN} more</li>}
      </ul>
    </Message>
  );
}

function sayProgress({ progress }: ImportState, count: number): string {
  if (!progress) {
    return '';
  }
  const { saved, isRunning } = progress;
  return isRunning ? `Importing: ${saved} of ${count}…` : `${saved} of ${count} imported.`;
}
