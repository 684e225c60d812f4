import { dayOf, type Moment } from '../data/days';
import { ChartPanel, type ChartProps } from './ChartPanel';
import { overTime } from './series';
import { Trend } from './Trend';

interface TrendChartProps<Row> extends ChartProps<Row> {
  at: (row: Row) => Moment;
}

/** How many records there are of each day, week, month or year, as the time they span asks. */
export function TrendChart<Row>({ at, ...panel }: TrendChartProps<Row>) {
  return (
    <ChartPanel
      {...panel}
      toPoints={(rows) =>
        overTime(rows.map((row) => dayOf(at(row))).filter((day) => day !== undefined))
      }
    >
      {(points) => <Trend unit={panel.unit} points={points} />}
    </ChartPanel>
  );
}
