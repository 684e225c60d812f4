import { env } from '$amplify/env/payment-webhook';
import type { LambdaFunctionURLHandler } from 'aws-lambda';
import { changed, created, getRow, transact } from '../shared/tables';
import { cancel, refund } from '../shop/cancelling';
import { refundPayment } from '../shop/payment';
import type { Order, Payment } from '../shop/rows';
import { isGenuine } from '../shop/signature';

/** What the provider tells, as far as it is used. */
interface Told {
  id: string;
  type: string;
  data: {
    object: {
      id: string;
      amount?: number;
      currency?: string;
      metadata?: { orderId?: string };
    };
  };
}

const DONE = { statusCode: 204 };
const PAID = 'payment_intent.succeeded';
const ENDED = ['checkout.session.expired', 'checkout.session.async_payment_failed'];

/** Remembers what was told; the transaction that it is part of is made once. */
function remembered({ id, type }: Told, subject: string) {
  return created(env.PAYMENT_EVENT_TABLE, 'PaymentEvent', { id, type, subject });
}

async function rowsOf(id: string) {
  const order = await getRow<Order>(env.ORDER_TABLE, { id });
  const payment = await getRow<Payment>(env.PAYMENT_TABLE, { id });
  if (!order || !payment) throw new Error(`There is no order ${id}`);
  return { order, payment };
}

/** Takes the order on that was paid, or gives the money back. */
async function paid(told: Told, orderId: string) {
  const { id: intent, amount, currency } = told.data.object;
  const { payment } = await rowsOf(orderId);
  if (amount !== payment.amount || currency !== payment.currency) {
    throw new Error(`${amount} ${currency} were paid for the order ${orderId}`);
  }
  const key = { id: orderId };
  const where = { status: 'pending' };
  const set = { status: 'succeeded', stripePaymentIntentId: intent };
  const failed = await transact([
    remembered(told, orderId),
    changed(env.PAYMENT_TABLE, key, { set, where }),
    changed(env.ORDER_TABLE, key, { set: { status: 'processing' }, where }),
  ]);
  if (failed !== null) await giveBack(orderId, intent);
}

/** Gives back what was paid for an order that is not to be paid any more, unless it was told before. */
async function giveBack(id: string, intent: string) {
  const { order, payment } = await rowsOf(id);
  const { status, stripePaymentIntentId: known } = payment;
  if (known && known !== intent) {
    // Paid a second time.
    await refundPayment(env, intent);
    return;
  }
  if (status === 'succeeded' || status === 'refunded') return;
  if (status !== 'refunding') {
    if (order.status === 'pending') throw new Error(`The order ${id} still waits for its payment`);
    const set = { status: 'refunding', stripePaymentIntentId: intent };
    const failed = await transact([changed(env.PAYMENT_TABLE, { id }, { set, where: { status } })]);
    if (failed !== null) throw new Error(`The payment of the order ${id} changes at this moment`);
  }
  await refund(env, { id, stripePaymentIntentId: intent });
}

/** Cancels the order that cannot be paid any more; one that is paid stays as it is. */
async function ended(told: Told, orderId: string) {
  const { order } = await rowsOf(orderId);
  await cancel(env, order, 'unpaid', remembered(told, orderId));
}

// Hears from the payment provider what became of payments. Everything may come twice, late, or in
// another order. What cannot be done is answered as a failure, so that the provider tells it again.
export const handler: LambdaFunctionURLHandler = async (event) => {
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8').toString();
  const header = event.headers['stripe-signature'];
  if (!isGenuine({ body, header, secret: env.PAYMENT_WEBHOOK_SECRET })) return { statusCode: 400 };
  try {
    const told = JSON.parse(body) as Told;
    const orderId = told.data.object.metadata?.orderId;
    if (orderId && told.type === PAID) await paid(told, orderId);
    if (orderId && ENDED.includes(told.type)) await ended(told, orderId);
    return DONE;
  } catch (error) {
    console.error(error);
    return { statusCode: 500 };
  }
};
