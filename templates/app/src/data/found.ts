import type { ApiError, ListResult, RecordResult } from './api';

interface Answer<Item> {
  data?: { items: Item[]; nextToken?: string | null } | null;
  errors?: readonly ApiError[];
}

/**
 * Reads the records that a search found, by their keys. Each is read as any other, so that what
 * was deleted or withdrawn since is left out, and so are fields that the user may not see.
 */
export async function found<Item, Row>(
  answer: Promise<Answer<Item>>,
  get: (item: Item) => Promise<RecordResult<Row>>,
): Promise<ListResult<Row>> {
  const { data, errors = [] } = await answer;
  const results = await Promise.all(data?.items.map(get) ?? []);
  const failed = results.flatMap((result) => result.errors ?? []);
  return {
    data: results.flatMap((result) => result.data ?? []),
    nextToken: data?.nextToken ?? null,
    errors: [...errors, ...failed.filter(({ errorType }) => errorType !== 'Unauthorized')],
  };
}
