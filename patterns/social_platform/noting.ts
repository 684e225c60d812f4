import { env } from '$amplify/env/noting';
import { subOf, type Call } from '../shared/caller';
import { changed, getRow, transact } from '../shared/tables';

interface Notification {
  userId: string;
}

function find(id: string) {
  return getRow<Notification>(env.NOTIFICATION_TABLE, { id });
}

// Notes that whoever calls has read what they were told.
export async function handler(event: Call<'noteNotification'>) {
  const userId = subOf(event);
  const id = event.arguments.notificationId;
  const known = await find(id);
  if (known?.userId !== userId) throw new Error('This notification is not yours');
  const read = { isRead: true, readAt: new Date().toISOString() };
  const failed = await transact([
    changed(env.NOTIFICATION_TABLE, { id }, { set: read, where: { userId } }),
  ]);
  if (failed !== null) throw new Error('This has changed in the meantime: look again');
  return find(id);
}
