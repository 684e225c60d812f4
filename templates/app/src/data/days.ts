/** A day such as `2026-03-09`: the same one everywhere, whatever the time is there. */
export type Day = string;

/** A month such as `2026-03`. */
export type Month = string;

/** When something is: a date, a date with a time, or seconds since 1970. */
export type Moment = string | number | null | undefined;

const MS_PER_DAY = 86_400_000;

/** A record that Amplify dates; where its model declares the date itself, it may be null. */
export interface Dated {
  createdAt?: string | null;
}

/** The day of a date as it is written, of a moment as it is where people are. */
export function dayOf(moment: Moment): Day | undefined {
  const date = dateOf(moment);
  return date ? localDay(date) : /^\d{4}-\d\d-\d\d/.exec(String(moment))?.[0];
}

/** The moment as a date; nothing for a day without a time. */
export function dateOf(moment: Moment): Date | undefined {
  if (typeof moment === 'number') {
    return valid(new Date(moment * 1000));
  }
  return moment?.includes('T') ? valid(new Date(moment)) : undefined;
}

export function today(): Day {
  return localDay(new Date());
}

export function addDays(day: Day, count: number): Day {
  return utcDay(toUtc(day) + count * MS_PER_DAY);
}

/** How many days later the second day is. */
export function daysBetween(first: Day, second: Day): number {
  return Math.round((toUtc(second) - toUtc(first)) / MS_PER_DAY);
}

export function monthOf(day: Day): Month {
  return day.slice(0, 7);
}

export function addMonths(month: Month, count: number): Month {
  const date = new Date(toUtc(`${month}-01`));
  date.setUTCMonth(date.getUTCMonth() + count);
  return monthOf(utcDay(date.getTime()));
}

/** Whether a text from elsewhere, such as an address, is a month. */
export function isMonth(text: string): boolean {
  return /^[1-9]\d{3}-(0[1-9]|1[0-2])$/.test(text);
}

/** The day of the week: 1 for Monday to 7 for Sunday. */
export function weekday(day: Day): number {
  return new Date(toUtc(day)).getUTCDay() || 7;
}

export function formatDay(day: Day, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(undefined, { ...options, timeZone: 'UTC' }).format(toUtc(day));
}

function toUtc(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function utcDay(time: number): Day {
  return new Date(time).toISOString().slice(0, 10);
}

function localDay(date: Date): Day {
  return utcDay(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()));
}

function valid(date: Date): Date | undefined {
  return Number.isNaN(date.getTime()) ? undefined : date;
}
