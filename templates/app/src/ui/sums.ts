import { dateOf, dayOf, daysBetween, type Day, type Moment } from '../data/days';
import { inPeriods, type Point } from './series';

interface Measured<Row> {
  at: (row: Row) => Moment;
  of: (row: Row) => number | null | undefined;
}

const MS_PER_HOUR = 3_600_000;
const HOURLY_DAYS = 2;
const HOUR = { weekday: 'short', hour: '2-digit', minute: '2-digit' } as const;

/** What numbers come to in each hour, day, week, month or year, as the time they span asks. */
export function sumsOverTime<Row>(rows: readonly Row[], { at, of }: Measured<Row>): Point[] {
  const days = rows.flatMap((row) => {
    const day = dayOf(at(row));
    return day === undefined ? [] : [{ day, value: of(row) ?? 0 }];
  });
  const hours = rows.flatMap((row) => {
    const date = dateOf(at(row));
    return date ? [{ hour: Math.floor(date.getTime() / MS_PER_HOUR), value: of(row) ?? 0 }] : [];
  });
  const isHourly = hours.length === days.length && spanOf(days) <= HOURLY_DAYS;
  return isHourly ? inHours(hours) : inPeriods(days);
}

function spanOf(items: readonly { day: Day }[]): number {
  const days = items.map(({ day }) => day).sort();
  const [first, last] = [days[0], days.at(-1)];
  return first === undefined || last === undefined ? 0 : daysBetween(first, last);
}

function inHours(items: readonly { hour: number; value: number }[]): Point[] {
  const sums = new Map<number, number>();
  const all = items.map(({ hour }) => hour);
  for (let hour = Math.min(...all); hour <= Math.max(...all); hour += 1) {
    sums.set(hour, 0);
  }
  for (const { hour, value } of items) {
    sums.set(hour, (sums.get(hour) ?? 0) + value);
  }
  const format = new Intl.DateTimeFormat(undefined, HOUR);
  return Array.from(sums, ([hour, value]) => ({
    label: format.format(hour * MS_PER_HOUR),
    value,
  }));
}
