// The profiles of members, and what members are told.
import { getRow, put } from '../shared/tables';

interface Profile {
  userId: string;
  username: string;
  displayName: string;
  approvesFollowers?: boolean | null;
}

interface Notification {
  /** What it is about: the same again takes the place of the earlier one. */
  about: string;
  userId: string;
  actorId: string;
  type: 'like' | 'comment' | 'follow' | 'message';
  postId?: string;
  title: string;
}

export function findProfile(table: string, userId: string) {
  return getRow<Profile>(table, { userId });
}

/** The profile of who calls. */
export async function ownProfile(table: string, userId: string) {
  const found = await findProfile(table, userId);
  if (!found) throw new Error('Make a profile of your own first');
  return found;
}

/** The write that tells a member something. */
export function told(table: string, { about, ...notification }: Notification) {
  const id = `${about}:${notification.userId}`;
  return put(table, 'Notification', { ...notification, id, isRead: false });
}
