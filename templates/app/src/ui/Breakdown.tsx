import type { AllRecords } from '../data/useAll';
import { RecordsPanel } from './RecordsPanel';
import { totals } from './series';

interface BreakdownProps<Row, T extends string> {
  title: string;
  records: AllRecords<Row>;
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
    <RecordsPanel title={title} records={records}>
      {(rows) => (
        <ul className="breakdown">
          {totals(rows, { by, labels }).map(({ label, value }) => (
            <li key={label}>
              <span>{label}</span>
              <span>{value.toLocaleString()}</span>
              <meter aria-label={label} max={Math.max(rows.length, 1)} value={value} />
            </li>
          ))}
        </ul>
      )}
    </RecordsPanel>
  );
}
