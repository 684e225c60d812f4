import { useCallback } from 'react';

import { identitiesOf, type Identities } from './access';
import type { ListResult, Page } from './api';
import { throwErrors } from './failure';
import { useAsync, type AsyncState } from './useAsync';
import type { User } from './user';

const PAGE_SIZE = 100;

/** Lists the records that belong to one of these identities. */
export type ListOwn<Row> = (owners: Identities, page: Page) => Promise<ListResult<Row>>;

/** Loads the first record that belongs to a user; null when there is none yet. */
export function useOwn<Row>(
  list: ListOwn<Row>,
  user: User,
  claim?: string,
): [state: AsyncState<Row | null>, retry: () => void] {
  const [state, retry] = useAsync(
    useCallback(() => findFirst(list, identitiesOf(user, claim)), [list, user, claim]),
  );
  return [state, retry];
}

/** A filter is applied after paging, so the record may be on any page. */
async function findFirst<Row>(list: ListOwn<Row>, owners: Identities): Promise<Row | null> {
  let nextToken: string | null = null;
  do {
    const page: ListResult<Row> = await list(owners, { limit: PAGE_SIZE, nextToken });
    throwErrors(page);
    const [first] = page.data;
    if (first !== undefined) {
      return first;
    }
    nextToken = page.nextToken ?? null;
  } while (nextToken !== null);
  return null;
}
