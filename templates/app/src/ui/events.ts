import { titleOf, type Summarize } from '../data/api';
import { addDays, dateOf, dayOf, type Day, type Moment } from '../data/days';

/** When the records of a calendar are. */
export interface Dates<Row> {
  /** The field of the form that holds when a record is. */
  field: string;
  /** What that is called: "Due date". */
  label: string;
  hasTime?: boolean;
  start: (row: Row) => Moment;
  end?: (row: Row) => Moment;
}

/** A record in the calendar. */
export interface CalendarEvent {
  id: string;
  title: string;
  first: Day;
  last: Day;
  /** At what time it begins, where that is known. */
  time: string | undefined;
}

/** An event of a week, on the same line on all its days there. */
export interface PlacedEvent {
  event: CalendarEvent;
  line: number;
}

const times = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

/** The records that have a date, those that begin first before the others. */
export function toEvents<Row>(
  rows: readonly Row[],
  { start, end }: Dates<Row>,
  summarize: Summarize<Row>,
): CalendarEvent[] {
  const events: (CalendarEvent & { begin: number })[] = [];
  for (const row of rows) {
    const first = dayOf(start(row));
    if (first !== undefined) {
      const date = dateOf(start(row));
      const last = end && lastDay(end(row));
      const summary = summarize(row);
      events.push({
        id: summary.id,
        title: titleOf(summary),
        first,
        last: last !== undefined && last > first ? last : first,
        time: date && times.format(date),
        begin: date?.getTime() ?? 0,
      });
    }
  }
  return events.sort(
    (one, other) => one.first.localeCompare(other.first) || one.begin - other.begin,
  );
}

export function isOn({ first, last }: CalendarEvent, day: Day): boolean {
  return first <= day && day <= last;
}

/** Gives each event that is in a week the first line that is free on its days. */
export function placeInWeek(events: readonly CalendarEvent[], week: readonly Day[]): PlacedEvent[] {
  const [begin = '', end = ''] = [week.at(0), week.at(-1)];
  const takenUntil: Day[] = [];
  return events
    .filter(({ first, last }) => first <= end && last >= begin)
    .map((event) => {
      const free = takenUntil.findIndex((last) => last < event.first);
      const line = free < 0 ? takenUntil.length : free;
      takenUntil[line] = event.last;
      return { event, line };
    });
}

/** What ends at midnight is over the day before. */
function lastDay(moment: Moment): Day | undefined {
  const day = dayOf(moment);
  const date = dateOf(moment);
  const isMidnight = date?.getHours() === 0 && date.getMinutes() === 0;
  return day !== undefined && isMidnight ? addDays(day, -1) : day;
}
