import { choices } from '../data/choices';
import { addDays, addMonths, daysBetween, formatDay, monthOf, type Day } from '../data/days';
import { startOfWeek } from './weeks';

/** A number with its name, as a chart and a table show it. */
export interface Point {
  label: string;
  value: number;
  /** What it is an amount of, if of anything. */
  currency?: string | undefined;
}

interface Totals<Row, T extends string> {
  by: (row: Row) => T | null | undefined;
  labels: Readonly<Record<T, string>>;
  /** What is added up; without it, records are counted. */
  of?: (row: Row) => number | null | undefined;
}

/** A total for each value of an enum, and one for records without a value where there are any. */
export function totals<Row, T extends string>(
  rows: readonly Row[],
  { by, labels, of = () => 1 }: Totals<Row, T>,
): Point[] {
  const sum = (value: T | null) =>
    rows
      .filter((row) => (by(row) ?? null) === value)
      .reduce((total, row) => total + (of(row) ?? 0), 0);
  const points = choices(labels).map((value) => ({ label: labels[value], value: sum(value) }));
  const rest = sum(null);
  return rest === 0 ? points : [...points, { label: 'Not set', value: rest }];
}

/** How many of the days are in each of the periods from the first to the last. */
export function overTime(days: readonly Day[]): Point[] {
  return inPeriods(days.map((day) => ({ day, value: 1 })));
}

/** What the values come to in each of the periods from the first day to the last. */
export function inPeriods(items: readonly { day: Day; value: number }[]): Point[] {
  const days = items.map(({ day }) => day);
  const first = days.reduce((one, other) => (other < one ? other : one), days[0] ?? '');
  const last = days.reduce((one, other) => (other > one ? other : one), first);
  if (first === '') {
    return [];
  }
  const { start, next, format } = periodOf(daysBetween(first, last));
  const sums = new Map<Day, number>();
  for (let period = start(first); period <= last; period = next(period)) {
    sums.set(period, 0);
  }
  for (const { day, value } of items) {
    sums.set(start(day), (sums.get(start(day)) ?? 0) + value);
  }
  return Array.from(sums, ([period, value]) => ({ label: formatDay(period, format), value }));
}

/** How many of the days are each of the `length` days that end with `last`. */
export function lately(days: readonly Day[], last: Day, length: number): number[] {
  const counts = new Map<Day, number>();
  days.forEach((day) => counts.set(day, (counts.get(day) ?? 0) + 1));
  return Array.from({ length }, (_, index) => counts.get(addDays(last, index + 1 - length)) ?? 0);
}

interface Period {
  start: (day: Day) => Day;
  next: (start: Day) => Day;
  format: Intl.DateTimeFormatOptions;
}

const SHORT_DAY = { day: 'numeric', month: 'short' } as const;

const DAYS: Period = { start: (day) => day, next: (day) => addDays(day, 1), format: SHORT_DAY };
const WEEKS: Period = { start: startOfWeek, next: (day) => addDays(day, 7), format: SHORT_DAY };
const MONTHS = monthly(1, { month: 'short', year: 'numeric' });
const YEARS = monthly(12, { year: 'numeric' });

function monthly(length: 1 | 12, format: Intl.DateTimeFormatOptions): Period {
  return {
    start: (day) => (length === 1 ? `${monthOf(day)}-01` : `${day.slice(0, 4)}-01-01`),
    next: (day) => `${addMonths(monthOf(day), length)}-01`,
    format,
  };
}

function periodOf(span: number): Period {
  if (span <= 31) {
    return DAYS;
  }
  if (span <= 183) {
    return WEEKS;
  }
  return span <= 1100 ? MONTHS : YEARS;
}
