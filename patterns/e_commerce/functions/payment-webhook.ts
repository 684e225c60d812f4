import { env } from '$amplify/env/payment-webhook';
import type { LambdaFunctionURLHandler } from 'aws-lambda';
import { changed, created, getRow, transact } from '../shared/tables';
import { cancel } from '../shop/cancelling';
import { endPayment, refundPayment } from '../shop/payment';
import type { Order, Payment } from '../shop/rows';
import { isGenuine } from '../shop/signature';

/** What the provider tells, as far as it is used. */
interface Told {
  id: string;
  type: string;
  data: {
    object: {
      id: string;
      amount: number;
      currency: string;
      metadata?: { orderId?: string };
    };
  };
}

interface Paid {
  told: Told;
  order: Order;
  payment: Payment;
}

const DONE = { statusCode: 204 };
const STATUS: Record<string, Payment['status']> = {
  'payment_intent.payment_failed': 'failed',
  'payment_intent.canceled': 'canceled',
};

/** Remembers what was told; the transaction that it is part of is made once. */
function remembered({ id, type }: Told, subject: string) {
  return created(env.PAYMENT_EVENT_TABLE, 'PaymentEvent', { id, type, subject });
}

async function succeeded({ told, order, payment }: Paid) {
  const { id, amount, currency } = told.data.object;
  if (amount !== payment.amount || currency !== payment.currency) {
    console.error(JSON.stringify({ level: 'error', order: order.id, amount, currency }));
    return { statusCode: 422 };
  }
  const key = { id: order.id };
  const where = { status: 'pending' };
  const failed = await transact([
    remembered(told, order.id),
    changed(env.PAYMENT_TABLE, key, { set: { status: 'succeeded' }, where }),
    changed(env.ORDER_TABLE, key, { set: { status: 'processing' }, where }),
  ]);
  if (failed === null) return DONE;
  const now = await getRow<Payment>(env.PAYMENT_TABLE, key);
  if (now && (now.status === 'failed' || now.status === 'canceled')) {
    // The stock is given back already: so is the money.
    await refundPayment(env, id);
    await transact([
      changed(env.PAYMENT_TABLE, key, {
        set: { status: 'refunded' },
        where: { status: now.status },
      }),
    ]);
  }
  return DONE;
}

async function failed({ told, order }: Paid, status: Payment['status']) {
  const isCancelled = await cancel(env, order, status, remembered(told, order.id));
  if (isCancelled && status === 'failed') {
    try {
      await endPayment(env, told.data.object.id);
    } catch (error) {
      // Who pays it nevertheless gets the money back.
      console.error(error);
    }
  }
  return DONE;
}

// Hears from the payment provider what became of payments. Everything may come twice, late, or in
// another order: a payment that is not pending any more is not changed.
export const handler: LambdaFunctionURLHandler = async (event) => {
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8').toString();
  const header = event.headers['stripe-signature'];
  if (!isGenuine({ body, header, secret: env.PAYMENT_WEBHOOK_SECRET })) return { statusCode: 400 };
  const told = JSON.parse(body) as Told;
  const status = STATUS[told.type];
  const orderId = told.data.object.metadata?.orderId;
  if ((!status && told.type !== 'payment_intent.succeeded') || !orderId) return DONE;
  const order = await getRow<Order>(env.ORDER_TABLE, { id: orderId });
  const payment = await getRow<Payment>(env.PAYMENT_TABLE, { id: orderId });
  if (!order || !payment) return { statusCode: 404 };
  const paid = { told, order, payment };
  return status ? failed(paid, status) : succeeded(paid);
};
