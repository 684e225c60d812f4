import { env } from '$amplify/env/expire-orders';
import type { EventBridgeHandler } from 'aws-lambda';
import { getRow, rowsBy } from '../shared/tables';
import { cancel } from '../shop/cancelling';
import { endPayment } from '../shop/payment';
import type { Order, Payment } from '../shop/rows';

/** Ends the payment of an order, then the order; what is paid in this moment goes on. */
async function expire(order: Order) {
  const payment = await getRow<Payment>(env.PAYMENT_TABLE, { id: order.id });
  if (payment?.stripePaymentIntentId) await endPayment(env, payment.stripePaymentIntentId);
  return cancel(env, order, 'canceled');
}

// Cancels orders that nobody paid in time: else anybody could keep the stock from others by
// ordering it.
export const handler: EventBridgeHandler<'Scheduled Event', null, void> = async () => {
  const oldest = new Date(Date.now() - Number(env.MINUTES_TO_PAY) * 60_000).toISOString();
  const pending = await rowsBy<Order>(env.ORDER_TABLE, 'byStatus', 'status', 'pending');
  const late = pending.filter(({ createdAt }) => createdAt <= oldest);
  const ended = await Promise.allSettled(late.map(expire));
  for (const end of ended) if (end.status === 'rejected') console.error(end.reason);
  const expired = ended.filter((end) => end.status === 'fulfilled' && end.value).length;
  console.info(JSON.stringify({ level: 'info', pending: pending.length, expired }));
};
