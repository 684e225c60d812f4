import type { ReactNode } from 'react';

import type { AllRecords } from '../data/useAll';
import { Panel } from './Panel';
import { ErrorMessage, Loading } from './States';

interface RecordsPanelProps<Row> {
  title: string;
  records: AllRecords<Row>;
  /** What stands beside the title: a link or a button. */
  action?: ReactNode;
  footer?: ReactNode;
  children: (rows: readonly Row[]) => ReactNode;
}

/** A part of a page about all records of a model: their state, and what is made of them. */
export function RecordsPanel<Row>({
  title,
  records,
  action,
  footer,
  children,
}: RecordsPanelProps<Row>) {
  const { rows, status, error, retry, isComplete } = records;
  return (
    <Panel title={title} action={action}>
      {status === 'loading' && <Loading />}
      {error && <ErrorMessage failure={error} onRetry={retry} />}
      {status === 'ready' && children(rows)}
      {status === 'ready' && !isComplete && (
        <p className="muted">
          There are more records than the {rows.length.toLocaleString()} here.
        </p>
      )}
      {footer}
    </Panel>
  );
}
