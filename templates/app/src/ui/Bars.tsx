import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts';

import { formatTick, formatValue } from './numbers';
import type { Point } from './series';

const BAR = 44;
const AXIS = 40;

/** A bar for each number, with room for long names. */
export function Bars({ unit, points }: { unit: string; points: Point[] }) {
  return (
    <BarChart
      responsive
      accessibilityLayer={false}
      style={{ width: '100%', height: points.length * BAR + AXIS }}
      layout="vertical"
      data={points}
    >
      <CartesianGrid horizontal={false} stroke="var(--border)" />
      <XAxis
        type="number"
        allowDecimals={!points.every(({ value }) => Number.isInteger(value))}
        tickFormatter={formatTick}
        stroke="var(--muted)"
      />
      <YAxis type="category" dataKey="label" width={112} interval={0} stroke="var(--muted)" />
      <Tooltip
        formatter={(value) => formatValue(value, points[0]?.currency)}
        cursor={{ fill: 'var(--accent-surface)' }}
      />
      <Bar
        dataKey="value"
        name={unit}
        fill="var(--accent)"
        radius={[0, 4, 4, 0]}
        maxBarSize={24}
        isAnimationActive={false}
      />
    </BarChart>
  );
}
