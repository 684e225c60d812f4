import type { ListRecords } from './api';
import { collect } from './useAll';

/** A date as the API gives it: a text, or a number of seconds since 1970. */
export type Moment = string | number | null | undefined;

export function toDate(moment: Moment): Date {
  return new Date(typeof moment === 'number' ? moment * 1000 : (moment ?? Number.NaN));
}

/** Sorts by time, oldest first; what has none comes first, too. */
export function byTime<Row>(at: (row: Row) => Moment): (one: Row, other: Row) => number {
  const time = (row: Row) => toDate(at(row)).getTime() || 0;
  return (one, other) => time(one) - time(other);
}

/** Lists up to 1,000 records newest first, where the API does not sort them. */
export function newestFirst<Row>(
  list: ListRecords<Row>,
  at: (row: Row) => Moment,
): ListRecords<Row> {
  let sorted: readonly Row[] = [];
  return async ({ limit, nextToken }) => {
    if (!nextToken) {
      const { rows } = await collect(list);
      sorted = rows.toSorted(byTime(at)).toReversed();
    }
    const start = Number(nextToken ?? 0);
    const end = start + limit;
    return {
      data: sorted.slice(start, end),
      nextToken: end < sorted.length ? String(end) : null,
    };
  };
}
