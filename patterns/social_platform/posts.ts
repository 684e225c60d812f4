// The posts that members react to and comment on.
import { getRow } from '../shared/tables';

interface Post {
  authorId: string;
}

/** A post that there is. */
export function findPost(table: string, id: string) {
  return getRow<Post>(table, { id });
}
