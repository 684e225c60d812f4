import { env } from '$amplify/env/cancel-order';
import { ownerOf, type Call } from '../shared/caller';
import { getRow } from '../shared/tables';
import { cancel, cancelUnpaid, refund } from '../shop/cancelling';
import type { Order, Payment } from '../shop/rows';

const CHANGED = 'The order has changed: look at it again';

/** Cancels what is not paid; what could still be paid is not cancelled. */
async function cancelled(order: Order) {
  if (order.status === 'cancelled') return;
  if (order.status !== 'pending') throw new Error('The order is paid: ask the shop to cancel it');
  if (!(await cancelUnpaid(env, order))) throw new Error(CHANGED);
}

/** Cancels what is not sent yet, and gives its money back; after a failure it goes on there. */
async function refunded(order: Order) {
  if (order.status === 'pending') return cancelled(order);
  if (order.status === 'processing' && !(await cancel(env, order, 'paid'))) {
    throw new Error(CHANGED);
  }
  const payment = await getRow<Payment>(env.PAYMENT_TABLE, { id: order.id });
  if (payment?.status === 'refunding') return refund(env, payment);
  if (order.status !== 'cancelled') throw new Error('The order is on its way already');
}

// Cancels orders: those who placed them while they are not paid, the shop until they are sent.
export async function handler(event: Call<'cancelOrder' | 'refundOrder'>) {
  const order = await getRow<Order>(env.ORDER_TABLE, { id: event.arguments.orderId });
  const isOwn = order?.buyer === ownerOf(event);
  if (!order || (event.fieldName === 'cancelOrder' && !isOwn)) {
    throw new Error('There is no such order');
  }
  await (event.fieldName === 'refundOrder' ? refunded(order) : cancelled(order));
  return true;
}
