import { Area, AreaChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts';

import { formatTick, formatValue } from './numbers';
import type { Point } from './series';

/** Numbers over time as a curve. */
export function Trend({ unit, points }: { unit: string; points: Point[] }) {
  return (
    <AreaChart
      responsive
      accessibilityLayer={false}
      style={{ width: '100%', height: 240 }}
      data={points}
    >
      <CartesianGrid vertical={false} stroke="var(--border)" />
      <XAxis dataKey="label" minTickGap={24} stroke="var(--muted)" />
      <YAxis allowDecimals={false} width={40} tickFormatter={formatTick} stroke="var(--muted)" />
      <Tooltip formatter={(value) => formatValue(value)} />
      <Area
        dataKey="value"
        name={unit}
        stroke="var(--accent)"
        strokeWidth={2}
        fill="var(--accent-surface)"
        dot={points.length === 1}
        isAnimationActive={false}
      />
    </AreaChart>
  );
}
