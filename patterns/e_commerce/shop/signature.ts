// Whether what came to the webhook is from the payment provider, and from now.
import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE = 5 * 60;

interface Signed {
  body: string;
  /** `t=<seconds>,v1=<hex>`, with a `v1` for each secret while they are changed. */
  header: string | undefined;
  secret: string;
  now?: number;
}

/** Whether the signature is the provider's, and no older than five minutes. */
export function isGenuine({ body, header = '', secret, now = Date.now() }: Signed) {
  const parts = header.split(',').map((part) => part.trim().split('=', 2));
  const timestamp = parts.find(([name]) => name === 't')?.[1] ?? '';
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE) return false;
  const expected = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest();
  return parts
    .filter(([name]) => name === 'v1')
    .map(([, value = '']) => Buffer.from(value, 'hex'))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}
