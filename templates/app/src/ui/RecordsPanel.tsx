import { useId, type ReactNode } from 'react';

import type { AllRecords } from '../data/useAll';
import { ErrorMessage, Loading } from './States';

interface RecordsPanelProps<Row> {
  title: string;
  records: AllRecords<Row>;
  /** What stands beside the title: a link or a button. */
  action?: ReactNode;
  children: (rows: readonly Row[]) => ReactNode;
}

/** A part of a page about all records of a model: their state, and what is made of them. */
export function RecordsPanel<Row>({ title, records, action, children }: RecordsPanelProps<Row>) {
  const { rows, status, error, retry, isComplete } = records;
  const headingId = useId();
  return (
    <section className="panel" aria-labelledby={headingId}>
      <div className="heading">
        <h2 id={headingId}>{title}</h2>
        {action}
      </div>
      {status === 'loading' && <Loading />}
      {error && <ErrorMessage failure={error} onRetry={retry} />}
      {status === 'ready' && children(rows)}
      {status === 'ready' && !isComplete && (
        <p className="muted">
          There are more records than the {rows.length.toLocaleString()} here.
        </p>
      )}
    </section>
  );
}
