import { Area, AreaChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts';

import { dayOf, type Moment } from '../data/days';
import { ChartPanel, type ChartProps } from './ChartPanel';
import { formatTick, formatValue } from './numbers';
import { overTime } from './series';

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
      {(points) => (
        <AreaChart
          responsive
          accessibilityLayer={false}
          style={{ width: '100%', height: 240 }}
          data={points}
        >
          <CartesianGrid vertical={false} stroke="var(--border)" />
          <XAxis dataKey="label" minTickGap={24} stroke="var(--muted)" />
          <YAxis
            allowDecimals={false}
            width={40}
            tickFormatter={formatTick}
            stroke="var(--muted)"
          />
          <Tooltip formatter={(value) => formatValue(value)} />
          <Area
            dataKey="value"
            name={panel.unit}
            stroke="var(--accent)"
            strokeWidth={2}
            fill="var(--accent-surface)"
            dot={points.length === 1}
            isAnimationActive={false}
          />
        </AreaChart>
      )}
    </ChartPanel>
  );
}
