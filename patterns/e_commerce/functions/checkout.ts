import { env } from '$amplify/env/checkout';
import type { Schema } from '../../data/resource';
import { ownerOf } from '../shared/caller';
import { changed, getRow, transact } from '../shared/tables';
import { ownCart } from '../shop/cart';
import { beginPayment, findPayment } from '../shop/payment';
import { placeOrder, type Address } from '../shop/placing';
import type { Order, Payment } from '../shop/rows';

type Checkout = Schema['checkout'];

const LONGEST = 200;

function addressOf({ recipient, street, postalCode, city, country }: Checkout['args']): Address {
  const address = { recipient, street, postalCode, city, country };
  for (const [name, text] of Object.entries(address)) {
    if (!text.trim() || text.length > LONGEST) throw new Error(`The address needs a ${name}`);
  }
  return address;
}

/** The order that a cart has become, if it has. */
async function placedOrder(cartId: string, owner: string) {
  const order = await getRow<Order>(env.ORDER_TABLE, { id: cartId });
  if (order && order.buyer !== owner) throw new Error('There is no such cart');
  return order;
}

/** The order of a cart: the one that was placed before, or a new one. */
async function orderOf(cartId: string, owner: string, address: Address) {
  const known = await placedOrder(cartId, owner);
  if (known) return known;
  let refusal: unknown = null;
  try {
    await placeOrder(env, await ownCart(env, cartId, owner), address);
  } catch (error) {
    refusal = error;
  }
  // Another request may have placed it in this moment.
  const order = await placedOrder(cartId, owner);
  if (!order) throw refusal;
  return order;
}

/** Begins the payment of an order, or finds it; null when there is nothing to pay any more. */
async function paymentOf(order: Order, { amount, currency, ...payment }: Payment) {
  if (order.status !== 'pending' || payment.status !== 'pending') return null;
  if (payment.stripePaymentIntentId) return findPayment(env, payment.stripePaymentIntentId);
  const intent = await beginPayment(env, { orderId: order.id, amount, currency });
  const key = { id: order.id };
  await transact([
    changed(env.PAYMENT_TABLE, key, { set: { stripePaymentIntentId: intent.id } }),
    changed(env.ORDER_TABLE, key, { set: { paymentIntentId: intent.id } }),
  ]);
  return intent;
}

// Places orders. Nothing of what they cost comes from the one who buys: the stock is taken, the
// order written and the cart cleared in one transaction. Asked again, it gives the same order.
export const handler: Checkout['functionHandler'] = async (event) => {
  const owner = ownerOf(event);
  const order = await orderOf(event.arguments.cartId, owner, addressOf(event.arguments));
  const payment = await getRow<Payment>(env.PAYMENT_TABLE, { id: order.id });
  if (!payment) throw new Error('The order has no payment');
  const intent = await paymentOf(order, payment);
  return {
    orderId: order.id,
    orderNumber: order.orderNumber,
    amount: payment.amount,
    currency: order.currency,
    paymentHandle: intent?.client_secret ?? null,
  };
};
