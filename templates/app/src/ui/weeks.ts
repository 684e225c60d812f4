import { addDays, addMonths, weekday, type Day, type Month } from '../data/days';

interface WithWeekInfo {
  getWeekInfo(): { firstDay: number };
}

const MONDAY = 1;
const FIRST_DAY = firstDayOfWeek();

/** The weeks that a month is in, with the days before and after it. */
export function weeksOf(month: Month): Day[][] {
  const first = `${month}-01`;
  const next = `${addMonths(month, 1)}-01`;
  const weeks: Day[][] = [];
  for (let start = startOfWeek(first); start < next; start = addDays(start, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(start, index)));
  }
  return weeks;
}

export function startOfWeek(day: Day): Day {
  return addDays(day, -((weekday(day) - FIRST_DAY + 7) % 7));
}

/** With which day weeks begin where the reader is. */
function firstDayOfWeek(): number {
  const locale = new Intl.Locale(new Intl.DateTimeFormat().resolvedOptions().locale);
  return hasWeekInfo(locale) ? locale.getWeekInfo().firstDay : MONDAY;
}

/** Not all browsers know of weeks. */
function hasWeekInfo(locale: Intl.Locale): locale is Intl.Locale & WithWeekInfo {
  return 'getWeekInfo' in locale;
}
