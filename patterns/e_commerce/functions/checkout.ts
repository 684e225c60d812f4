import { env } from '$amplify/env/checkout';
import type { Schema } from '../../data/resource';
import { ownerOf } from '../shared/caller';
import { getRow } from '../shared/tables';
import { addressOf, type Address } from '../shop/address';
import { toSmallest } from '../shop/amounts';
import { ownCart } from '../shop/cart';
import { wayToPay } from '../shop/paying';
import { placeOrder } from '../shop/placing';
import type { Order } from '../shop/rows';

type Checkout = Schema['checkout'];

/** The order that a cart has become, if it has. */
async function placedOrder(cartId: string, owner: string) {
  const order = await getRow<Order>(env.ORDER_TABLE, { id: cartId });
  if (order && order.buyer !== owner) throw new Error('There is no such cart');
  return order;
}

/** The order of a cart: the one that was placed before, or a new one. */
async function orderOf(cartId: string, owner: string, given: Address | null | undefined) {
  const known = await placedOrder(cartId, owner);
  if (known) return known;
  let refusal: unknown = null;
  try {
    const { cart, customer } = await ownCart(env, cartId, owner);
    await placeOrder(env, cart, addressOf(given ?? customer.address));
  } catch (error) {
    refusal = error;
  }
  // Another request may have placed it in this moment.
  const order = await placedOrder(cartId, owner);
  if (!order) throw refusal;
  return order;
}

/** Where the order is paid. It is placed, whatever the payment provider does. */
async function paymentOf(order: Order) {
  try {
    return await wayToPay(env, order);
  } catch (error) {
    console.error(error);
    return null;
  }
}

// Places orders. Nothing of what they cost comes from the one who buys: the stock is taken, the
// order written and the cart cleared in one transaction. Asked again, it gives the same order.
export const handler: Checkout['functionHandler'] = async (event) => {
  const owner = ownerOf(event);
  const order = await orderOf(event.arguments.cartId, owner, event.arguments.address);
  const { id, orderNumber, total, currency } = order;
  const placed = { orderId: id, orderNumber, amount: toSmallest(total, currency), currency };
  if (order.status !== 'pending') return placed;
  const message = `Order ${orderNumber} is placed. It cannot be paid at the moment: choose “Pay” on the order to try again.`;
  return (await paymentOf(order)) ?? { ...placed, message };
};
