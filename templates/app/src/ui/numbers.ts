import { formatMoney } from './money';

const short = new Intl.NumberFormat(undefined, { notation: 'compact' });

/** A number beside the axis of a chart, where there is little room. */
export function formatTick(value: number): string {
  return short.format(value);
}

/** A number of a chart in full, with its currency if it is an amount. */
export function formatValue(value: unknown, currency?: string): string {
  if (typeof value !== 'number') {
    return String(value);
  }
  return currency === undefined ? value.toLocaleString() : formatMoney(value, currency);
}
