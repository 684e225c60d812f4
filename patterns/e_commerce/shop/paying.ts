// How people come to the page where they pay an order.
import { changed, getRow, transact } from '../shared/tables';
import { beginPayment, endPayment, findPayment, type Provider } from './payment';
import type { Order, Payment } from './rows';

export interface PayingShop extends Provider {
  PAYMENT_TABLE: string;
  /** The address of the shop's own pages. */
  SHOP_URL: string;
}

const MESSAGES = {
  open: null,
  complete: 'The order goes on as soon as the payment is confirmed.',
  expired: 'The time to pay is over: the order is about to be cancelled.',
};

/** Where an order is paid that is not paid yet, or why nowhere. */
export async function wayToPay(shop: PayingShop, order: Order) {
  const payment = await getRow<Payment>(shop.PAYMENT_TABLE, { id: order.id });
  if (!payment) throw new Error('The order has no payment');
  const { id, orderNumber, currency } = order;
  const { url, status } = await pageOf(shop, order, payment);
  return {
    orderId: id,
    orderNumber,
    amount: payment.amount,
    currency,
    paymentUrl: status === 'open' ? url : null,
    message: MESSAGES[status],
  };
}

/** The page of a payment: the one that was made before, or a new one. */
async function pageOf(shop: PayingShop, { id, orderNumber }: Order, payment: Payment) {
  const { amount, currency, checkoutSessionId } = payment;
  if (checkoutSessionId) return findPayment(shop, checkoutSessionId);
  const back = `${shop.SHOP_URL}#/order-page?id=${encodeURIComponent(id)}`;
  const page = await beginPayment(shop, { orderId: id, orderNumber, amount, currency }, back);
  const set = { checkoutSessionId: page.id };
  const where = { status: 'pending' };
  const failed = await transact([changed(shop.PAYMENT_TABLE, { id }, { set, where })]);
  if (failed === null) return page;
  // The order was cancelled in this moment, by somebody who did not know of the page.
  await endPayment(shop, page.id);
  throw new Error('The order has changed: look at it again');
}
