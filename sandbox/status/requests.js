// The last requests to the API: who made each, what became of it, and by which rule.
import * as graphql from 'graphql';
import { fromItem } from '../dynamodb/values.js';
import { callersOf } from './calling.js';
import { explain, UNEXPLAINED } from './explaining.js';
import { keyIn, tableOf } from './records.js';

/** @typedef {import('../backend.js').Backend} Backend */
/** @typedef {import('../graphql/engine.js').Answered} Answered */
/** @typedef {import('../graphql/engine.js').Call} Call */
/** @typedef {import('../graphql/engine.js').Caller} Caller */
/** @typedef {import('./explaining.js').Case} Case */
/** @typedef {import('./explaining.js').Person} Person */
/** @typedef {Record<string, any>} Json */

/**
 * @typedef {object} Entry
 * @property {number} id
 * @property {string} time
 * @property {string} who
 * @property {string} operation What kind it is, and its field.
 * @property {number} milliseconds
 * @property {string} result
 * @property {string} rule
 */

const KEPT = 200;
/** @type {Record<string, string>} */
const ROOTS = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' };
/** @type {Record<string, 'create' | 'update' | 'delete' | 'listen'>} */
const PREFIXES = {
  create: 'create',
  update: 'update',
  delete: 'delete',
  onCreate: 'listen',
  onUpdate: 'listen',
  onDelete: 'listen',
};

export class Requests {
  /** @type {Entry[]} */
  #entries = [];
  #count = 0;

  /** @param {Backend} backend */
  constructor(backend) {
    this.backend = backend;
    const watch = () => backend.engine.watch((answered) => this.#add(answered));
    watch();
    backend.onLoaded(watch);
  }

  /**
   * Those after one, the newest first.
   * @param {number} id
   */
  after(id) {
    return this.#entries.filter((entry) => entry.id > id).reverse();
  }

  /** @param {Answered} answered */
  #add({ caller, operation, calls, errors, milliseconds }) {
    const person = caller && personOf(this.backend, caller);
    const common = {
      who: person?.name ?? 'nobody',
      milliseconds: Math.round(milliseconds * 10) / 10,
    };
    if (!person || calls.length === 0) {
      const result = messages(errors);
      this.#keep({ ...common, operation: operation || 'refused', result, rule: '' });
      return;
    }
    for (const call of calls) {
      const own = errors.filter(({ path }) => path?.[0] === call.key);
      const result = own.length ? messages(own) : 'ok';
      const rule = this.#rule(person, operation, call, own);
      this.#keep({ ...common, operation: `${operation} ${call.field}`, result, rule });
    }
  }

  /** @param {Omit<Entry, 'id' | 'time'>} entry */
  #keep(entry) {
    this.#count += 1;
    this.#entries.push({ id: this.#count, time: new Date().toISOString(), ...entry });
    if (this.#entries.length > KEPT) this.#entries.shift();
  }

  /**
   * @param {Person} person
   * @param {string} kind
   * @param {Call} call
   * @param {Json[]} errors Of this field, and of those below it.
   */
  #rule(person, kind, call, errors) {
    const own = errors.filter(({ path }) => path.length === 1);
    const isDenied = own.some(({ errorType }) => errorType === 'Unauthorized');
    const found = aboutModel(this.backend, kind, call.field);
    if (!found) return this.#called(person, kind, call, isDenied);
    const { model, operation } = found;
    const failedOrNot = own.length ? 'failed' : 'allowed';
    const outcome = isDenied ? 'denied' : failedOrNot;
    const { attributes = [] } = model;
    /** @type {Json[]} */
    const rules = attributes.filter((/** @type {Json} */ { type }) => type === 'auth');
    return explain({
      model: model.name,
      rules: rules.flatMap(({ properties }) => properties.rules),
      operation,
      person,
      outcome,
      input: call.args.input ?? {},
      records: isDenied ? this.#kept(model, operation, call) : given(call.value),
    });
  }

  /**
   * @param {Person} person
   * @param {string} kind
   * @param {Call} call
   * @param {boolean} isDenied What fails otherwise fails after it was allowed.
   */
  #called(person, kind, { field }, isDenied) {
    const rules = callersOf(this.backend.engine, ROOTS[kind] ?? '', field);
    if (rules.length === 0) return UNEXPLAINED;
    return explain({
      model: field,
      rules,
      operation: 'call',
      person,
      outcome: isDenied ? 'denied' : 'allowed',
      input: {},
      records: null,
    });
  }

  /**
   * The record that an operation named, as it is kept or was to be.
   * @param {Json} model
   * @param {Case['operation']} operation
   * @param {Call} call
   */
  #kept(model, operation, { args }) {
    if (operation === 'list' || operation === 'listen') return null;
    const input = args.input ?? args;
    if (operation === 'create') return [input];
    try {
      const table = tableOf(this.backend, model.name);
      const item = table.get(keyIn(model, table, input));
      return item ? [fromItem(item)] : null;
    } catch {
      return null;
    }
  }
}

/** @param {Json[]} errors */
function messages(errors) {
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return `${first?.message ?? 'nothing was asked'}${more}`;
}

/**
 * @param {any} value
 * @returns {Json[] | null}
 */
function given(value) {
  if (value === null || typeof value !== 'object') return null;
  return Array.isArray(value.items) ? value.items.filter(Boolean) : [value];
}

/**
 * The model that an operation is about, and what it does there; null for what is none of Amplify's.
 * @param {Backend} backend
 * @param {string} kind
 * @param {string} name
 * @returns {{model: Json, operation: Case['operation']} | null}
 */
function aboutModel({ engine }, kind, name) {
  const { introspection } = engine.model;
  const type = /** @type {graphql.GraphQLObjectType | undefined} */ (
    engine.schema.getType(ROOTS[kind] ?? '')
  );
  const field = type?.getFields()[name];
  const own =
    { query: 'queries', mutation: 'mutations', subscription: 'subscriptions' }[kind] ?? '';
  if (!field || !introspection?.models || introspection[own]?.[name]) return null;
  const result = graphql.getNamedType(field.type).name;
  const [, listed] = /^Model(.+)Connection$/.exec(result) ?? [];
  const model = introspection.models[listed ?? result];
  if (!model) return null;
  if (kind === 'query') return { model, operation: listed ? 'list' : 'get' };
  if (!name.toLowerCase().endsWith(model.name.toLowerCase())) return null;
  const operation = PREFIXES[name.slice(0, -model.name.length)];
  return operation ? { model, operation } : null;
}

/**
 * @param {Backend} backend
 * @param {Caller} caller
 * @returns {Person}
 */
function personOf({ users, engine }, { identity, headers }) {
  const { mode, role, context } = identity;
  const claims = context?.claims ?? {};
  if (mode === 'API_KEY') return { kind: 'key', name: 'the API key', claims };
  if (role !== null) {
    const lambda = Object.values(engine.model.lambdas).find((one) => one.role === role);
    return { kind: 'function', name: `function ${lambda?.name ?? role}`, claims };
  }
  if (mode !== 'AWS_IAM') {
    const known = users.find(String(claims.sub))?.attributes.email;
    return { kind: 'user', name: known ?? claims.email ?? context?.username ?? claims.sub, claims };
  }
  const type = context?.cognitoIdentityAuthType;
  if (type === 'unauthenticated') return { kind: 'guest', name: 'a guest', claims };
  if (type !== 'authenticated') return { kind: 'account', name: 'the account itself', claims };
  // The session token says who it is, which the templates do not hear.
  const [, sub = ''] =
    /^authenticated\/[^:]+:([^/]+)/.exec(headers['x-amz-security-token'] ?? '') ?? [];
  const name = users.find(sub)?.attributes.email ?? 'somebody';
  return { kind: 'signed', name: `${name} (identity pool)`, claims };
}
