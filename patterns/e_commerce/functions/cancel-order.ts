import { env } from '$amplify/env/cancel-order';
import type { Schema } from '../../data/resource';
import { ownerOf } from '../shared/caller';
import { getRow } from '../shared/tables';
import { cancel } from '../shop/cancelling';
import { endPayment } from '../shop/payment';
import type { Order, Payment } from '../shop/rows';

// Cancels an order that is not paid, and gives its stock back. Its payment is ended first: what
// could still be paid is not cancelled.
export const handler: Schema['cancelOrder']['functionHandler'] = async (event) => {
  const { orderId } = event.arguments;
  const order = await getRow<Order>(env.ORDER_TABLE, { id: orderId });
  if (order?.buyer !== ownerOf(event)) throw new Error('There is no such order');
  if (order.status !== 'cancelled') {
    if (order.status !== 'pending') throw new Error('The order is paid: ask the shop');
    const payment = await getRow<Payment>(env.PAYMENT_TABLE, { id: orderId });
    if (payment?.stripePaymentIntentId) await endPayment(env, payment.stripePaymentIntentId);
    const isCancelled = await cancel(env, order, 'canceled');
    if (!isCancelled) throw new Error('The order has changed: look at it again');
  }
  return true;
};
