import { Bars } from './Bars';
import { ChartPanel, type ChartProps } from './ChartPanel';
import { totals } from './series';

interface CountsChartProps<Row, T extends string> extends ChartProps<Row> {
  by: (row: Row) => T | null | undefined;
  labels: Readonly<Record<T, string>>;
}

/** How many records have each value of an enum. */
export function CountsChart<Row, T extends string>({
  by,
  labels,
  ...panel
}: CountsChartProps<Row, T>) {
  return (
    <ChartPanel {...panel} toPoints={(rows) => totals(rows, { by, labels })}>
      {(points) => <Bars unit={panel.unit} points={points} />}
    </ChartPanel>
  );
}
