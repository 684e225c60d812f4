import { env } from '$amplify/env/pay-order';
import type { Schema } from '../../data/resource';
import { ownerOf } from '../shared/caller';
import { getRow } from '../shared/tables';
import { wayToPay } from '../shop/paying';
import type { Order } from '../shop/rows';

// Gives the page where an order is paid, however often it is asked, until the order is paid.
export const handler: Schema['payOrder']['functionHandler'] = async (event) => {
  const order = await getRow<Order>(env.ORDER_TABLE, { id: event.arguments.orderId });
  if (order?.buyer !== ownerOf(event)) throw new Error('There is no such order');
  if (order.status === 'cancelled') throw new Error('The order is cancelled');
  if (order.status !== 'pending') throw new Error('The order is paid already');
  return wayToPay(env, order);
};
