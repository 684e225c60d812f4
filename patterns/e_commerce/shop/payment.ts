// The payment provider, in the form of Stripe Checkout. To take another, write these functions for it.

export interface Provider {
  PAYMENT_URL: string;
  PAYMENT_SECRET_KEY: string;
}

/** A page of the provider where something is paid. */
export interface PaymentPage {
  id: string;
  status: 'open' | 'complete' | 'expired';
  /** Where it is, while it is open. */
  url: string | null;
}

/** What is paid; the amount is in the smallest unit of the currency. */
export interface Bill {
  orderId: string;
  orderNumber: string;
  amount: number;
  currency: string;
}

interface Asked {
  path: string;
  method?: string;
  /** Asked twice with the same one, the provider does it once. */
  once?: string;
  values?: Record<string, string>;
}

const SECONDS = 10;

async function ask(provider: Provider, { path, method = 'POST', once, values }: Asked) {
  const answer = await fetch(`${provider.PAYMENT_URL}/v1/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${provider.PAYMENT_SECRET_KEY}`,
      ...(once && { 'idempotency-key': once }),
    },
    body: values && new URLSearchParams(values),
    signal: AbortSignal.timeout(SECONDS * 1000),
  }).catch(String);
  if (typeof answer !== 'string' && answer.ok) return (await answer.json()) as unknown;
  const said = typeof answer === 'string' ? answer : answer.status;
  console.error(JSON.stringify({ level: 'error', path, said }));
  if (said === 401) {
    throw new Error('The shop cannot take payments: PAYMENT_SECRET_KEY is not right');
  }
  throw new Error('The payment provider cannot do this at the moment: try again in a few minutes');
}

function pathOf(pageId: string) {
  return `checkout/sessions/${encodeURIComponent(pageId)}`;
}

/** Makes the page where an order is paid, from which people come back to a page of the shop. */
export async function beginPayment(provider: Provider, bill: Bill, back: string) {
  const { orderId, orderNumber, amount, currency } = bill;
  const values = {
    mode: 'payment',
    client_reference_id: orderId,
    'line_items[0][quantity]': '1',
    'line_items[0][price_data][currency]': currency,
    'line_items[0][price_data][unit_amount]': String(amount),
    'line_items[0][price_data][product_data][name]': `Order ${orderNumber}`,
    'metadata[orderId]': orderId,
    'payment_intent_data[metadata][orderId]': orderId,
    success_url: back,
    cancel_url: back,
  };
  const once = `order-${orderId}`;
  return (await ask(provider, { path: 'checkout/sessions', once, values })) as PaymentPage;
}

/** A page that was made before. */
export async function findPayment(provider: Provider, pageId: string) {
  return (await ask(provider, { path: pathOf(pageId), method: 'GET' })) as PaymentPage;
}

/** Closes a page, so that nothing can be paid there any more; false when it is paid already. */
export async function endPayment(provider: Provider, pageId: string) {
  const { status } = await findPayment(provider, pageId);
  if (status === 'open') {
    await ask(provider, { path: `${pathOf(pageId)}/expire`, once: `end-${pageId}` });
  }
  return status !== 'complete';
}

/** Gives a payment back that was made. */
export async function refundPayment(provider: Provider, intentId: string) {
  const values = { payment_intent: intentId };
  await ask(provider, { path: 'refunds', once: `refund-${intentId}`, values });
}
