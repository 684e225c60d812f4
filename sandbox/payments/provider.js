// A stand-in for Stripe Checkout: it makes pages where nobody pays anything, and tells functions
// what somebody chose there.
import { createHmac, randomUUID } from 'node:crypto';
import { urlEvent } from '../functions/urls.js';
import { payingPage } from './page.js';

/** @typedef {import('../assembly/lambdas.js').LambdaModel} LambdaModel */
/** @typedef {import('../functions/lambdas.js').Lambdas} Lambdas */
/** @typedef {import('../server.js').Incoming} Incoming */
/** @typedef {import('../server.js').Outgoing} Outgoing */
/**
 * @typedef {object} Session Somebody's payment.
 * @property {string} id
 * @property {'open' | 'complete' | 'expired'} status
 * @property {string} title
 * @property {number} amount In the smallest unit of the currency.
 * @property {string} currency
 * @property {string} success Where people go who paid, and
 * @property {string} cancel who did not.
 * @property {string} intent
 * @property {Record<string, string>} metadata Of the session, and
 * @property {Record<string, string>} intentMetadata of the payment.
 */
/** @typedef {{sessions: Record<string, Session>, once: Record<string, string>}} State */

const ADDRESS = 'https://api.stripe.com';
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
/** What stands for each secret of the functions that ask the provider. */
export const STAND_IN_SECRET = 'local';
/** Where the stand-in is, below the address of this machine. */
export const STAND_IN = 'payments';

/**
 * The functions that ask the provider, when this machine stands in for it: where none of their
 * secrets is known, and no other address.
 * @param {Record<string, LambdaModel>} lambdas
 * @returns {LambdaModel[]}
 */
export function payers(lambdas) {
  const asking = Object.values(lambdas).filter(
    ({ secrets, variables }) => secrets.length && Object.values(variables).includes(ADDRESS),
  );
  const names = asking.flatMap(({ secrets, variables }) => [
    ...secrets,
    ...Object.keys(variables).filter((name) => variables[name] === ADDRESS),
  ]);
  return names.some((name) => process.env[name] !== undefined) ? [] : asking;
}

/**
 * What a variable of such a function is.
 * @param {string} value
 * @param {string} origin Where this machine answers.
 */
export function standInAddress(value, origin) {
  return value === ADDRESS ? `${origin}/${STAND_IN}` : value;
}

export class Payments {
  /** @type {State} */
  #state;

  /** @param {import('../users/directory.js').Kept} kept */
  constructor(kept) {
    this.kept = kept;
    this.#state = kept.read() ?? { sessions: {}, once: {} };
  }

  /**
   * Answers what functions ask of the provider, and people of its pages.
   * @param {Lambdas} lambdas
   * @param {{parts: string[], body: Buffer}} asked
   * @param {Incoming} request
   * @param {Outgoing} response
   */
  async answer(lambdas, { parts, body }, request, response) {
    const values = Object.fromEntries(new URLSearchParams(body.toString()));
    const method = request.method ?? 'GET';
    if (parts[0] === 'pay') {
      const session = this.#state.sessions[parts[1]];
      if (!session) return void response.writeHead(404).end();
      return this.#serve(lambdas, session, method === 'POST' ? values.choice : '', response);
    }
    const once = String(request.headers['idempotency-key'] ?? randomUUID());
    const [status, content] = this.#asked(`${method} ${parts.slice(1).join('/')}`, once, values);
    const shown = 'intent' in content ? sessionOf(content, lambdas.here.origin) : content;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(shown));
  }

  /**
   * @param {string} operation
   * @param {string} once Asked twice with the same one, it is done once.
   * @param {Record<string, string>} values
   * @returns {[number, Session | {id: string} | {error: object}]}
   */
  #asked(operation, once, values) {
    const { sessions, once: done } = this.#state;
    if (operation === 'POST checkout/sessions') {
      done[once] ??= this.#begin(values);
      this.kept.write(this.#state);
      return [200, sessions[done[once]]];
    }
    if (operation === 'POST refunds') {
      done[once] ??= `re_local_${randomUUID()}`;
      this.kept.write(this.#state);
      return [200, { id: done[once] }];
    }
    const [, id, end] = /^(?:GET|POST) checkout\/sessions\/(\w+)(\/expire)?$/.exec(operation) ?? [];
    const session = sessions[id ?? ''];
    if (!session) return [404, { error: { message: `${operation} is not there` } }];
    if (!end) return [200, session];
    if (session.status !== 'open') return [400, { error: { message: `it is ${session.status}` } }];
    this.#become(session, 'expired');
    return [200, session];
  }

  /** @param {Record<string, string>} values */
  #begin(values) {
    const name = randomUUID().replaceAll('-', '');
    const item = 'line_items[0][price_data]';
    /** @type {Session} */
    const session = {
      id: `cs_local_${name}`,
      status: 'open',
      title: values[`${item}[product_data][name]`] ?? 'Payment',
      amount:
        Number(values[`${item}[unit_amount]`]) * Number(values['line_items[0][quantity]'] ?? 1),
      currency: values[`${item}[currency]`],
      success: values.success_url,
      cancel: values.cancel_url ?? values.success_url,
      intent: `pi_local_${name}`,
      metadata: within(values, 'metadata'),
      intentMetadata: within(values, 'payment_intent_data[metadata]'),
    };
    this.#state.sessions[session.id] = session;
    return session.id;
  }

  /**
   * @param {Session} session
   * @param {Session['status']} status
   */
  #become(session, status) {
    session.status = status;
    this.kept.write(this.#state);
  }

  /**
   * @param {Lambdas} lambdas
   * @param {Session} session
   * @param {string} choice
   * @param {Outgoing} response
   */
  async #serve(lambdas, session, choice, response) {
    let refusal = '';
    if (choice && session.status === 'open') {
      const isPaid = choice === 'pay';
      const told = isPaid
        ? await tell(lambdas, 'payment_intent.succeeded', intentOf(session))
        : await tell(lambdas, 'checkout.session.async_payment_failed', sessionOf(session, ''));
      if (told === '') {
        this.#become(session, 'complete');
        const location = isPaid ? session.success : session.cancel;
        return void response.writeHead(303, { location }).end();
      }
      refusal = told;
    }
    response.setHeader('content-security-policy', POLICY);
    response.writeHead(refusal ? 502 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(payingPage(session, refusal));
  }
}

/**
 * Tells the functions with an address that ask the provider what became of a payment.
 * @param {Lambdas} lambdas
 * @param {string} type
 * @param {{id: string}} object
 * @returns {Promise<string>} what was not understood there
 */
async function tell(lambdas, type, object) {
  const { lambdas: all, lambdaUrls } = lambdas.model;
  for (const { arn, name } of payers(all).filter((lambda) => lambdaUrls.includes(lambda.arn))) {
    // The same is told twice where somebody chooses twice.
    const content = { id: `evt_${type}_${object.id}`, type, data: { object } };
    const body = JSON.stringify(content);
    const at = Math.floor(Date.now() / 1000);
    const signature = createHmac('sha256', STAND_IN_SECRET).update(`${at}.${body}`).digest('hex');
    const headers = {
      'content-type': 'application/json',
      'stripe-signature': `t=${at},v1=${signature}`,
    };
    const event = urlEvent({ method: 'POST', headers }, '/', Buffer.from(body));
    const { error, ...given } = await lambdas.invoke(arn, event);
    const status = error ? 502 : ('result' in given && given.result?.statusCode) || 200;
    if (status >= 400) return `${name} answered ${status}. The terminal may say why.`;
  }
  return '';
}

/**
 * @param {Session} session
 * @param {string} origin Where this machine answers.
 */
function sessionOf({ id, status, amount, currency, metadata, success, cancel }, origin) {
  return {
    id,
    object: 'checkout.session',
    status,
    amount_total: amount,
    currency,
    metadata,
    success_url: success,
    cancel_url: cancel,
    url: status === 'open' ? `${origin}/${STAND_IN}/pay/${id}` : null,
  };
}

/** @param {Session} session */
function intentOf({ intent: id, amount, currency, intentMetadata: metadata }) {
  return { id, object: 'payment_intent', amount, currency, metadata };
}

/**
 * What a form has of an object: `metadata[a]` is `a` of `metadata`.
 * @param {Record<string, string>} values
 * @param {string} name
 */
function within(values, name) {
  const start = `${name}[`;
  const own = Object.entries(values).filter(([key]) => key.startsWith(start));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(start.length, -1), value]));
}
