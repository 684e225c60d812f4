import { dayOf, today, type Dated } from '../data/days';
import type { AllRecords } from '../data/useAll';
import { RecordsPanel } from './RecordsPanel';
import { lately } from './series';
import { Sparkline } from './Sparkline';

const PERIOD = 30;

interface CountCardProps<Row> {
  title: string;
  records: AllRecords<Row>;
}

/** How many records there are, and how many came lately: exactly, as far as all are loaded. */
export function CountCard<Row extends Dated>({ title, records }: CountCardProps<Row>) {
  return (
    <RecordsPanel title={title} records={records}>
      {(rows) => (
        <>
          <p className="count">
            {rows.length.toLocaleString()}
            {!records.isComplete && '+'}
          </p>
          {records.isComplete && <Trend rows={rows} />}
        </>
      )}
    </RecordsPanel>
  );
}

function Trend({ rows }: { rows: readonly Dated[] }) {
  const days = rows.map(({ createdAt }) => dayOf(createdAt)).filter((day) => day !== undefined);
  const counts = lately(days, today(), 2 * PERIOD);
  const before = sum(counts.slice(0, PERIOD));
  const now = sum(counts.slice(PERIOD));
  return (
    <>
      <div>
        <p>
          {now.toLocaleString()} new in {PERIOD} days
        </p>
        <p className="muted">{compare(now - before)}</p>
      </div>
      <Sparkline values={counts.slice(PERIOD)} />
    </>
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function compare(change: number): string {
  if (change === 0) {
    return `As many as in the ${PERIOD} days before`;
  }
  const count = Math.abs(change).toLocaleString();
  return change > 0
    ? `▲ ${count} more than in the ${PERIOD} days before`
    : `▼ ${count} fewer than in the ${PERIOD} days before`;
}
