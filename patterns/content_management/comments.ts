// Comments as readers send them in, and their public copies, which have the same ids.
import { getRow, type Write } from '../shared/tables';

export interface Comment {
  id: string;
  owner: string;
  authorName: string;
  content: string;
  publishedArticleId: string;
  replyToId?: string | null;
  status: 'pending' | 'approved' | 'rejected';
  createdAt: string;
}

export const CHANGED = 'The comment has changed in the meantime: look at it again';

export function findComment(table: string, id: string) {
  return getRow<Comment>(table, { id });
}

/** Refuses what concerns an article that is not public, or no longer. */
export async function checkPublic(table: string, id: string) {
  if (!(await getRow(table, { id }))) throw new Error('There is no such article');
}

/** The write that takes away the public copy of a comment; it may have gone with its article. */
export function hidden(table: string, { id, status }: Comment): Write[] {
  return status === 'approved' ? [{ Delete: { TableName: table, Key: { id } } }] : [];
}
