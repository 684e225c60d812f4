import type { ListResult, Page } from './api';
import type { OpenFeed } from './live';
import type { Source } from './source';

/** How the records are found that belong to another one. */
export interface Belonging<Row> {
  /** What their fields hold, from the key of the other record. */
  of: (key: string) => Readonly<Record<string, string | number>>;
  list: (key: string, page: Page) => Promise<ListResult<Row>>;
}

/** The records of a model that belong to one; what else is made meanwhile is left out. */
export function belongingTo<Row extends object>(
  key: string,
  { of, list }: Belonging<Row>,
  { summarize, watch }: Source<Row>,
): Source<Row> {
  const wanted = Object.entries(of(key));
  const belongs = (row: Row) => {
    const fields = new Map<string, unknown>(Object.entries(row));
    return wanted.every(([field, value]) => fields.get(field) === value);
  };
  return {
    list: (page) => list(key, page),
    summarize,
    ...(watch && { watch: { ...watch, created: only(belongs, watch.created) } }),
  };
}

function only<Row>(
  isWanted: (row: Row) => boolean,
  open: OpenFeed<Row> | undefined,
): OpenFeed<Row> | undefined {
  return (
    open &&
    (async () => {
      const feed = await open();
      return {
        subscribe: ({ next, error }) =>
          feed.subscribe({
            next: (row) => {
              if (row && isWanted(row)) {
                next(row);
              }
            },
            error,
          }),
      };
    })
  );
}
