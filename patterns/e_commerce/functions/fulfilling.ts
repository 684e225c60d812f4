import { env } from '$amplify/env/fulfilling';
import type { Call } from '../shared/caller';
import { changed, checked, getRow, transact } from '../shared/tables';
import type { Commission, Order } from '../shop/rows';

type Event = Call<'shipOrder' | 'deliverOrder' | 'payCommission'>;

const CHANGED = 'It has changed: look at it again';

/** Takes an order one step on; that it is there already is no mistake. */
async function step(id: string, from: Order['status'], to: Order['status'], more = {}) {
  const set = { ...more, status: to };
  const writes = [changed(env.ORDER_TABLE, { id }, { set, where: { status: from } })];
  const isRefused = (await transact(writes)) !== null;
  const order = await getRow<Order>(env.ORDER_TABLE, { id });
  if (!order) throw new Error('There is no such order');
  if (isRefused && order.status !== to) throw new Error(`The order is ${order.status}`);
  return order;
}

/** Notes that a vendor has got the earnings of an order, which must have arrived. */
async function payCommission(id: string) {
  const commission = await getRow<Commission>(env.COMMISSION_TABLE, { id });
  if (!commission) throw new Error('There is no such commission');
  if (commission.status === 'paid') return commission;
  const where = { status: 'pending' };
  const failed = await transact([
    changed(env.COMMISSION_TABLE, { id }, { set: { status: 'paid' }, where }),
    checked(env.ORDER_TABLE, { id: commission.orderId }, { where: { status: 'delivered' } }),
  ]);
  if (failed === 0) throw new Error(CHANGED);
  if (failed === 1) throw new Error('The order is not delivered yet');
  return { ...commission, status: 'paid' };
}

// Takes paid orders to those who ordered them, a step at a time.
export async function handler(event: Event) {
  switch (event.fieldName) {
    case 'shipOrder': {
      const { orderId, trackingNumber } = event.arguments;
      return step(orderId, 'processing', 'shipped', {
        trackingNumber: trackingNumber ?? undefined,
      });
    }
    case 'deliverOrder':
      return step(event.arguments.orderId, 'shipped', 'delivered');
    case 'payCommission':
      return payCommission(event.arguments.commissionId);
  }
}
