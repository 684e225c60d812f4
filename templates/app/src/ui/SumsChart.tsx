import { Bars } from './Bars';
import { ChartPanel, type ChartProps } from './ChartPanel';
import { totals } from './series';

interface SumsChartProps<Row, T extends string> extends ChartProps<Row> {
  of: (row: Row) => number | null | undefined;
  by: (row: Row) => T | null | undefined;
  labels: Readonly<Record<T, string>>;
}

/** What a number comes to for each value of an enum. */
export function SumsChart<Row, T extends string>({
  of,
  by,
  labels,
  ...panel
}: SumsChartProps<Row, T>) {
  return (
    <ChartPanel {...panel} toPoints={(rows) => totals(rows, { of, by, labels })}>
      {(points) => <Bars unit={panel.unit} points={points} />}
    </ChartPanel>
  );
}
