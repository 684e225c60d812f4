// The payment provider, in Stripe's form. To take another, write these functions for it.

export interface Provider {
  PAYMENT_URL: string;
  PAYMENT_SECRET_KEY: string;
}

export interface Intent {
  id: string;
  client_secret: string;
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
  const response = await fetch(`${provider.PAYMENT_URL}/v1/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${provider.PAYMENT_SECRET_KEY}`,
      ...(once && { 'idempotency-key': once }),
    },
    body: values && new URLSearchParams(values),
    signal: AbortSignal.timeout(SECONDS * 1000),
  });
  if (!response.ok) throw new Error(`The payment provider answered ${response.status} to ${path}`);
  return (await response.json()) as unknown;
}

/** Begins the payment of an order; its amount is in the smallest unit of the currency. */
export async function beginPayment(
  provider: Provider,
  { orderId, amount, currency }: { orderId: string; amount: number; currency: string },
) {
  const values = {
    amount: String(amount),
    currency,
    'automatic_payment_methods[enabled]': 'true',
    'metadata[orderId]': orderId,
  };
  const once = `order-${orderId}`;
  return (await ask(provider, { path: 'payment_intents', once, values })) as Intent;
}

/** A payment that was begun before. */
export async function findPayment(provider: Provider, intentId: string) {
  const path = `payment_intents/${encodeURIComponent(intentId)}`;
  return (await ask(provider, { path, method: 'GET' })) as Intent;
}

/** Ends a payment that is not made yet, so that it cannot be made any more. */
export async function endPayment(provider: Provider, intentId: string) {
  const path = `payment_intents/${encodeURIComponent(intentId)}/cancel`;
  await ask(provider, { path, once: `end-${intentId}` });
}

/** Gives a payment back that was made. */
export async function refundPayment(provider: Provider, intentId: string) {
  const values = { payment_intent: intentId };
  await ask(provider, { path: 'refunds', once: `refund-${intentId}`, values });
}
