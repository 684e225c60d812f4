// When a schedule's time comes: expressions of EventBridge, in any time zone.

/** @typedef {{year: number, month: number, day: number}} Day */
/** @typedef {{minutes: number[], hours: number[], months: Set<number>, years: Set<number>,
 *   isDay: (day: Day) => boolean}} Cron */

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const WEEKDAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');
const LAST_YEAR = 2199;
const MINUTE = 60_000;
/** @type {Record<string, number>} */
const UNITS = { minute: MINUTE, hour: 60 * MINUTE, day: 24 * 60 * MINUTE };

/**
 * The first time after another at which a schedule runs.
 * @param {string} expression `cron(...)`, `rate(...)` or `at(...)`
 * @param {string} zone Such as `Europe/Berlin`.
 * @param {Date} after
 * @returns {Date | null} None when there is no such time any more.
 * @throws {Error} when the expression or the zone cannot be read
 */
export function nextTime(expression, zone, after) {
  const [, kind, content] = /^(cron|rate|at)\(([^()]*)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'cron') return nextCron(parsed(content), zone, after);
  if (kind === 'rate') return new Date(after.getTime() + period(content));
  if (kind === 'at') {
    const time = once(content, zone);
    return time && time > after ? time : null;
  }
  throw unreadable(expression);
}

/** @param {string} what */
function unreadable(what) {
  return new Error(`no schedule is ${what}`);
}

/** @param {string} content */
function period(content) {
  const [, number, unit] = /^\s*([1-9]\d*)\s+(minute|hour|day)s?\s*$/.exec(content) ?? [];
  if (!unit) throw unreadable(`rate(${content})`);
  return Number(number) * UNITS[unit];
}

/**
 * @param {string} content
 * @param {string} zone
 */
function once(content, zone) {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(content.trim());
  if (!found) throw unreadable(`at(${content})`);
  const [year, month, day, hour, minute, second] = found.slice(1).map(Number);
  const start = instant({ year, month, day }, hour, minute, zone);
  return start && new Date(start.getTime() + second * 1000);
}

/**
 * @param {Cron} cron
 * @param {string} zone
 * @param {Date} after
 */
function nextCron({ minutes, hours, months, years, isDay }, zone, after) {
  const first = localTime(after, zone);
  for (let { year } = first; year <= LAST_YEAR; year += 1) {
    if (!years.has(year)) continue;
    for (let month = year === first.year ? first.month : 1; month <= 12; month += 1) {
      if (!months.has(month)) continue;
      const isFirst = year === first.year && month === first.month;
      for (let day = isFirst ? first.day : 1; day <= lengthOf(year, month); day += 1) {
        if (!isDay({ year, month, day })) continue;
        const found = nextIn({ year, month, day }, hours, minutes, zone, after);
        if (found) return found;
      }
    }
  }
  return null;
}

/**
 * @param {Day} day
 * @param {number[]} hours
 * @param {number[]} minutes
 * @param {string} zone
 * @param {Date} after
 */
function nextIn(day, hours, minutes, zone, after) {
  for (const hour of hours) {
    for (const minute of minutes) {
      const time = instant(day, hour, minute, zone);
      if (time && time > after) return time;
    }
  }
  return null;
}

/**
 * @param {string} content
 * @returns {Cron}
 */
function parsed(content) {
  const fields = content.trim().toUpperCase().split(/\s+/);
  if (fields.length !== 6) throw unreadable(`cron(${content})`);
  const [minute, hour, date, month, weekday, year] = fields;
  if ((date === '?') === (weekday === '?')) throw unreadable(`cron(${content})`);
  return {
    minutes: values(minute, 0, 59),
    hours: values(hour, 0, 23),
    months: new Set(values(month, 1, 12, MONTHS)),
    years: new Set(values(year, 1970, LAST_YEAR)),
    isDay: weekday === '?' ? dates(date) : weekdays(weekday),
  };
}

/**
 * @param {string} field
 * @param {number} low
 * @param {number} high
 * @param {string[]} names Of the values, from the lowest on.
 * @returns {number[]} in their order
 */
function values(field, low, high, names = []) {
  /** @type {Set<number>} */
  const found = new Set();
  for (const part of field.split(',')) {
    const [range, step, ...rest] = part.split('/');
    const [from, to, ...more] = range.split('-');
    if (rest.length > 0 || more.length > 0) throw unreadable(`cron with ${field}`);
    const isOpen = step !== undefined && to === undefined;
    const start = from === '*' ? low : number(from, low, high, names);
    const end = from === '*' || isOpen ? high : number(to ?? from, low, high, names);
    const pace = step === undefined ? 1 : number(step, 1, high);
    // What begins after its end goes round, as FRI-MON.
    const length = end >= start ? end - start : end - start + high - low + 1;
    for (let offset = 0; offset <= length; offset += pace) {
      found.add(low + ((start - low + offset) % (high - low + 1)));
    }
  }
  return [...found].sort((one, other) => one - other);
}

/**
 * @param {string} text
 * @param {number} low
 * @param {number} high
 * @param {string[]} [names]
 */
function number(text, low, high, names = []) {
  const value = names.includes(text) ? names.indexOf(text) + low : Number(text);
  if (/^[A-Z]+$|^\d+$/.test(text) && value >= low && value <= high) return value;
  throw unreadable(`cron with ${text}`);
}

/**
 * Which days of a month are meant: also its last, or the weekday nearest to one.
 * @param {string} field
 * @returns {Cron['isDay']}
 */
function dates(field) {
  if (field === 'L') return ({ year, month, day }) => day === lengthOf(year, month);
  if (field === 'LW') return (day) => day.day === nearestWeekday(day, 31);
  const near = /^(\d+)W$/.exec(field);
  if (near) {
    const wanted = number(near[1], 1, 31);
    return (day) =>
      wanted <= lengthOf(day.year, day.month) && day.day === nearestWeekday(day, wanted);
  }
  const wanted = new Set(values(field, 1, 31));
  return ({ day }) => wanted.has(day);
}

/**
 * The day from Monday to Friday that is nearest to one, in the same month.
 * @param {Day} within
 * @param {number} wanted
 */
function nearestWeekday({ year, month }, wanted) {
  const last = lengthOf(year, month);
  const day = Math.min(wanted, last);
  const weekday = weekdayOf({ year, month, day });
  if (weekday === 7) return day === 1 ? 3 : day - 1;
  if (weekday === 1) return day === last ? day - 2 : day + 1;
  return day;
}

/**
 * Which days of a week are meant: also the last of a month, or the second.
 * @param {string} field
 * @returns {Cron['isDay']}
 */
function weekdays(field) {
  if (field === 'L') return (day) => weekdayOf(day) === 7;
  const [, name, kind, count] = /^(\w+?)(?:(L)|#([1-5]))$/.exec(field) ?? [];
  if (kind) {
    const wanted = number(name, 1, 7, WEEKDAYS);
    return (day) => weekdayOf(day) === wanted && day.day + 7 > lengthOf(day.year, day.month);
  }
  if (count) {
    const wanted = number(name, 1, 7, WEEKDAYS);
    return (day) => weekdayOf(day) === wanted && Math.ceil(day.day / 7) === Number(count);
  }
  const wanted = new Set(values(field, 1, 7, WEEKDAYS));
  return (day) => wanted.has(weekdayOf(day));
}

/**
 * @param {Day} day
 * @returns {number} 1 for Sunday to 7 for Saturday
 */
function weekdayOf({ year, month, day }) {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
}

/**
 * @param {number} year
 * @param {number} month
 */
function lengthOf(year, month) {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/**
 * When a clock there first shows that time; null when it never does, because it is put forward.
 * @param {Day} day
 * @param {number} hour
 * @param {number} minute
 * @param {string} zone
 */
function instant({ year, month, day }, hour, minute, zone) {
  const shown = Date.UTC(year, month - 1, day, hour, minute);
  if (zone === 'UTC') return new Date(shown);
  // Clocks are at most 14 hours ahead of UTC, and change once between the two at most.
  const offsets = [shown - 15 * UNITS.hour, shown + 15 * UNITS.hour].map((time) =>
    offset(new Date(time), zone),
  );
  const times = offsets.map((ahead) => new Date(shown - ahead));
  const right = times.filter((time) => time.getTime() + offset(time, zone) === shown);
  return right.sort((one, other) => one.getTime() - other.getTime())[0] ?? null;
}

/**
 * How far clocks there are ahead of UTC, in milliseconds.
 * @param {Date} time
 * @param {string} zone
 */
function offset(time, zone) {
  const { year, month, day, hour, minute } = localTime(time, zone);
  const seconds = time.getTime() - (time.getTime() % MINUTE);
  return Date.UTC(year, month - 1, day, hour, minute) - seconds;
}

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * What clocks there show.
 * @param {Date} time
 * @param {string} zone
 */
function localTime(time, zone) {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  formats.set(zone, format);
  const parts = format.formatToParts(time).map(({ type, value }) => [type, Number(value)]);
  const { year, month, day, hour, minute } = Object.fromEntries(parts);
  return { year, month, day, hour, minute };
}
