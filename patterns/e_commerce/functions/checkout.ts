import { env } from '$amplify/env/checkout';
import type { Schema } from '../../data/resource';
import { ownerOf } from '../shared/caller';
import { getRow } from '../shared/tables';
import { toSmallest } from '../shop/amounts';
import { ownCart } from '../shop/cart';
import { wayToPay } from '../shop/paying';
import { placeOrder, type Address } from '../shop/placing';
import type { Order } from '../shop/rows';

type Checkout = Schema['checkout'];

const LONGEST = 200;
const NAMES: Record<string, string> = {
  recipient: 'recipient',
  street: 'street',
  postalCode: 'postcode',
  city: 'city',
  country: 'country',
};

function addressOf({ recipient, street, postalCode, city, country }: Checkout['args']): Address {
  const address = { recipient, street, postalCode, city, country };
  for (const [name, text] of Object.entries(address)) {
    if (!text.trim()) throw new Error(`The address has no ${NAMES[name]}`);
    if (text.length > LONGEST) throw new Error(`The ${NAMES[name]} is too long`);
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
  const order = await orderOf(event.arguments.cartId, owner, addressOf(event.arguments));
  const { id, orderNumber, total, currency } = order;
  const placed = { orderId: id, orderNumber, amount: toSmallest(total, currency), currency };
  if (order.status !== 'pending') return placed;
  const message = `Order ${orderNumber} is placed. It cannot be paid at the moment: choose “Pay” on the order in a few minutes.`;
  return (await paymentOf(order)) ?? { ...placed, message };
};
