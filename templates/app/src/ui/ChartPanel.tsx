import { Button } from '@aws-amplify/ui-react';
import { useState, type ReactNode } from 'react';

import type { AllRecords } from '../data/useAll';
import { formatValue } from './numbers';
import { RecordsPanel } from './RecordsPanel';
import type { Point } from './series';
import { Empty } from './States';

export interface ChartProps<Row> {
  title: string;
  /** What the numbers are: "Orders". */
  unit: string;
  records: AllRecords<Row>;
  /** What stands below the chart. */
  footer?: ReactNode;
}

interface ChartPanelProps<Row> extends ChartProps<Row> {
  toPoints: (rows: readonly Row[]) => Point[];
  /** Draws the numbers. */
  children: (points: Point[]) => ReactNode;
}

/** A chart, and the same numbers as a table. */
export function ChartPanel<Row>({
  title,
  unit,
  records,
  footer,
  toPoints,
  children,
}: ChartPanelProps<Row>) {
  const [isTable, setIsTable] = useState(false);
  const toggle = (
    <Button size="small" aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>
      Show as table
    </Button>
  );
  return (
    <RecordsPanel title={title} records={records} action={toggle} footer={footer}>
      {(rows) => {
        const points = toPoints(rows);
        if (rows.length === 0 || points.length === 0) {
          return <Empty>There is nothing here yet.</Empty>;
        }
        return isTable ? (
          <PointTable title={title} unit={unit} points={points} />
        ) : (
          <div className="chart" role="img" aria-label={`${title}: ${describe(points)}`}>
            {children(points)}
          </div>
        );
      }}
    </RecordsPanel>
  );
}

function PointTable({ title, unit, points }: { title: string; unit: string; points: Point[] }) {
  return (
    <div className="point-table" role="region" aria-label={`${title} as a table`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{unit}</th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ label, value, currency }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{formatValue(value, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The chart in a sentence; the table has the rest. */
function describe(points: readonly Point[]): string {
  const values = points.map(({ value }) => value);
  const highest = points[values.indexOf(Math.max(...values))];
  const total = values.reduce((sum, value) => sum + value, 0);
  const shown = (value = 0) => formatValue(value, highest?.currency);
  return `${shown(total)} in all, most in ${highest?.label} (${shown(highest?.value)}).`;
}
