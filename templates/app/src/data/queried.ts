import type { ApiError, ListRecords, Page } from './api';

interface Answer<Row> {
  data: readonly (Row | null | undefined)[] | null | undefined;
  errors?: readonly ApiError[];
}

type Part = string | number | null | undefined;

/**
 * Lists what a query of the API gives. `placeOf` the last record is where the next page begins;
 * without it, there is one page. A page with fewer records than it may have is the last.
 */
export function queried<Row>(
  ask: (page: Page) => Promise<Answer<Row>>,
  placeOf?: (row: Row) => readonly Part[],
): ListRecords<Row> {
  return async (page) => {
    const { data, errors = [] } = await ask(page);
    const answered = data ?? [];
    const rows = answered.flatMap((row) => row ?? []);
    const last = rows.at(-1);
    const hasMore = last !== undefined && answered.length >= page.limit;
    return { data: rows, nextToken: hasMore ? (placeOf?.(last).join('/') ?? null) : null, errors };
  };
}
