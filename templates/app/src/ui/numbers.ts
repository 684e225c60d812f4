const short = new Intl.NumberFormat(undefined, { notation: 'compact' });

/** A number beside the axis of a chart, where there is little room. */
export function formatTick(value: number): string {
  return short.format(value);
}

/** A number of a chart in full. */
export function formatValue(value: unknown): string {
  return typeof value === 'number' ? value.toLocaleString() : String(value);
}
