import { useSyncExternalStore } from 'react';

import { toDate, type Moment } from '../data/newest';

const MINUTE = 60;
const UNITS = [
  ['year', 365 * 24 * 60 * MINUTE],
  ['month', 30 * 24 * 60 * MINUTE],
  ['week', 7 * 24 * 60 * MINUTE],
  ['day', 24 * 60 * MINUTE],
  ['hour', 60 * MINUTE],
  ['minute', MINUTE],
] as const;

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const absolute = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });

/** How long ago something was, kept true each minute. */
export function RelativeTime({ at }: { at: Moment }) {
  const now = useSyncExternalStore(onMinute, currentMinute);
  const date = toDate(at);
  const time = date.getTime();
  if (Number.isNaN(time)) {
    return null;
  }
  return (
    <time dateTime={date.toISOString()} title={absolute.format(date)}>
      {inWords(Math.round(time / 1000) - now)}
    </time>
  );
}

function inWords(seconds: number): string {
  const [unit, size] = UNITS.find((entry) => Math.abs(seconds) >= entry[1]) ?? ['second', 1];
  return relative.format(unit === 'second' ? 0 : Math.trunc(seconds / size), unit);
}

/** When the present minute began, in seconds. */
function currentMinute(): number {
  return Math.floor(Date.now() / 1000 / MINUTE) * MINUTE;
}

function onMinute(onChange: () => void): () => void {
  const timer = setInterval(onChange, MINUTE * 1000);
  return () => clearInterval(timer);
}
