import { env } from '$amplify/env/expire-orders';
import type { EventBridgeHandler } from 'aws-lambda';
import { rowsBy } from '../shared/tables';
import { cancelUnpaid, refund } from '../shop/cancelling';
import type { Order, Payment } from '../shop/rows';

/** Does something with each of some rows, and tells of how many it was done. */
async function each<T>(rows: T[], doing: (row: T) => Promise<unknown>) {
  const ends = await Promise.allSettled(rows.map(doing));
  for (const end of ends) if (end.status === 'rejected') console.error(end.reason);
  return ends.filter((end) => end.status === 'fulfilled' && end.value !== false).length;
}

// Cancels orders that nobody paid in time: else anybody could keep the stock from others by
// ordering it. And gives money back for which the payment provider could not be reached before.
export const handler: EventBridgeHandler<'Scheduled Event', null, void> = async () => {
  const oldest = new Date(Date.now() - Number(env.MINUTES_TO_PAY) * 60_000).toISOString();
  const pending = await rowsBy<Order>(env.ORDER_TABLE, 'byStatus', 'status', 'pending');
  const late = pending.filter(({ createdAt }) => createdAt <= oldest);
  const expired = await each(late, (order) => cancelUnpaid(env, order));
  const owed = await rowsBy<Payment>(env.PAYMENT_TABLE, 'byStatus', 'status', 'refunding');
  const refunded = await each(owed, (payment) => refund(env, payment));
  console.info(JSON.stringify({ level: 'info', pending: pending.length, expired, refunded }));
};
