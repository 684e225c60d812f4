import { useId, type ReactNode } from 'react';

import { titleOf } from '../data/api';
import type { Source } from '../data/source';
import type { AllRecords, Collected } from '../data/useAll';
import { formatDateTime } from './format';
import { RecordLink } from './RecordLink';
import { Empty, ErrorMessage, Loading } from './States';

const RECENT = 5;

export function Dashboard({ children }: { children: ReactNode }) {
  return <div className="dashboard">{children}</div>;
}

interface CardProps<Row> {
  title: string;
  records: AllRecords<Row>;
}

/** How many records there are: exactly up to 1,000, "1,000+" beyond. */
export function CountCard<Row>({ title, records }: CardProps<Row>) {
  return (
    <Card title={title} records={records}>
      {({ rows, isComplete }) => (
        <p className="count">
          {rows.length.toLocaleString()}
          {!isComplete && '+'}
        </p>
      )}
    </Card>
  );
}

/** Amplify dates every record; in a model that declares the date itself it may be null. */
interface Dated {
  createdAt?: string | null;
}

interface RecentListProps<Row> extends CardProps<Row> {
  source: Source<Row>;
  detailHref?: string;
}

/** The records created last. */
export function RecentList<Row extends Dated>({
  title,
  records,
  source: { summarize },
  detailHref,
}: RecentListProps<Row>) {
  return (
    <Card title={title} records={records}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Empty>There is nothing here yet.</Empty>
        ) : (
          <ul className="recent">
            {latest(rows).map((row) => {
              const summary = summarize(row);
              return (
                <li key={summary.id}>
                  <RecordLink detailHref={detailHref} id={summary.id}>
                    {titleOf(summary)}
                  </RecordLink>
                  <span className="muted">{formatDateTime(row.createdAt)}</span>
                </li>
              );
            })}
          </ul>
        )
      }
    </Card>
  );
}

interface BreakdownProps<Row, T extends string> extends CardProps<Row> {
  by: (row: Row) => T | null | undefined;
  labels: Readonly<Record<T, string>>;
}

/** How many records have each value of an enum. */
export function Breakdown<Row, T extends string>({
  title,
  records,
  by,
  labels,
}: BreakdownProps<Row, T>) {
  return (
    <Card title={title} records={records}>
      {({ rows }) => (
        <ul className="breakdown">
          {Object.entries<string>(labels).map(([value, label]) => {
            const count = rows.filter((row) => by(row) === value).length;
            return (
              <li key={value}>
                <span>{label}</span>
                <span>{count.toLocaleString()}</span>
                <meter aria-label={label} max={Math.max(rows.length, 1)} value={count} />
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

interface RenderCardProps<Row> extends CardProps<Row> {
  children: (collected: Collected<Row>) => ReactNode;
}

function Card<Row>({ title, records, children }: RenderCardProps<Row>) {
  const { status, error, retry } = records;
  const headingId = useId();
  return (
    <section className="panel" aria-labelledby={headingId}>
      <h2 id={headingId}>{title}</h2>
      {status === 'loading' && <Loading />}
      {error && <ErrorMessage failure={error} onRetry={retry} />}
      {status === 'ready' && children(records)}
    </section>
  );
}

function latest<Row extends Dated>(rows: readonly Row[]): Row[] {
  return [...rows]
    .sort((one, other) => (other.createdAt ?? '').localeCompare(one.createdAt ?? ''))
    .slice(0, RECENT);
}
