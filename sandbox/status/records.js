// All records of a model, as the developer sees them: whom rules let do what does not matter here.
import { keyOf } from '../dynamodb/keys.js';
import { fromItem, toValue } from '../dynamodb/values.js';
import { Malformed } from '../http.js';
import { OWNER } from '../seed.js';

/** @typedef {import('../backend.js').Backend} Backend */
/** @typedef {import('../dynamodb/table.js').Table} Table */
/** @typedef {import('../dynamodb/values.js').Item} Item */
/** @typedef {Record<string, any>} Json */

const PAGE = 25;

/**
 * @param {Backend} backend
 * @param {string} name
 * @returns {Json} what the models' description says of a model
 * @throws {Malformed} when there is none of that name
 */
export function modelOf({ model }, name) {
  const models = model.introspection?.models ?? {};
  if (Object.hasOwn(models, name)) return models[name];
  throw new Malformed(`there is no model ${name}`);
}

/**
 * @param {Backend} backend
 * @param {string} name Of the model.
 * @returns {Table}
 */
export function tableOf({ engine }, name) {
  const table = engine.model.dataSources[`${name}Table`]?.table;
  if (!table) throw new Malformed(`${name} has no table`);
  return engine.database.table(table);
}

/**
 * The key of a record within its table, from the fields that are its identifier.
 * @param {Json} model
 * @param {Table} table
 * @param {Json} fields
 * @returns {Item}
 */
export function keyIn(model, table, fields) {
  const { range, hash } = table.model.key;
  const [first, ...others] = identifier(model);
  const key = { [hash.name]: toValue(fields[first]) };
  if (!range) return key;
  const [only] = others;
  const several = others.map((field) => fields[field]).join('#');
  return { ...key, [range.name]: toValue(others.length === 1 ? fields[only] : several) };
}

/**
 * The fields that a model's records are known by.
 * @param {Json} model
 * @returns {string[]}
 */
export function identifier({ primaryKeyInfo }) {
  return [primaryKeyInfo.primaryKeyFieldName, ...primaryKeyInfo.sortKeyFieldNames];
}

/**
 * A page of a model's records, the newest first, and how many there are.
 * @param {Backend} backend
 * @param {{model: string, page: number, text: string}} asked Only those in which the text is.
 */
export function pageOf(backend, { model: name, page, text }) {
  const model = modelOf(backend, name);
  const table = tableOf(backend, name);
  const wanted = text.toLowerCase();
  const all = [...table.store.values()].map(fromItem);
  const found = all.filter((record) => holds(record, wanted));
  found.sort((one, other) => compared(other.createdAt, one.createdAt));
  const last = Math.max(0, Math.ceil(found.length / PAGE) - 1);
  const shown = Math.min(Math.max(0, page), last);
  const first = shown * PAGE;
  return {
    identifier: identifier(model),
    columns: columnsOf(model),
    total: all.length,
    found: found.length,
    page: shown,
    last,
    first,
    records: found.slice(first, first + PAGE),
  };
}

/**
 * Deletes a record, so that subscribers hear of it where the API can delete.
 * @param {Backend} backend
 * @param {{model: string, record: Json}} asked
 */
export async function remove(backend, { model: name, record }) {
  const model = modelOf(backend, name);
  const table = tableOf(backend, name);
  const key = keyIn(model, table, record);
  const mutation = `delete${capital(name)}`;
  if (!has(backend, mutation)) return void table.delete(key);
  await change(backend, model, mutation, picked(record, identifier(model)));
}

/**
 * Changes a record to what it is to be; only what differs is sent to the API.
 * @param {Backend} backend
 * @param {{model: string, before: Json, record: Json}} asked
 */
export async function save(backend, { model: name, before, record }) {
  const model = modelOf(backend, name);
  const table = tableOf(backend, name);
  const own = identifier(model);
  if (own.some((field) => record[field] !== before[field])) {
    throw new Malformed(`${own.join(', ')} cannot be changed: it is what the record is known by`);
  }
  const item = table.get(keyIn(model, table, record));
  if (!item) throw new Malformed('the record was deleted in the meantime');
  const names = new Set([...Object.keys(before), ...Object.keys(record)]);
  const changed = [...names].filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(record[field]),
  );
  if (changed.length === 0) return;
  const mutation = `update${capital(name)}`;
  if (!has(backend, mutation)) {
    const parts = changed.map((field) => [field, toValue(record[field])]);
    table.put({ ...item, ...Object.fromEntries(parts), ...keyOf(table.model.key, item) });
    return;
  }
  const input = picked(record, own);
  for (const field of changed) {
    const value = record[field] ?? null;
    const isJson = model.fields[field]?.type === 'AWSJSON' && typeof value === 'object' && value;
    input[field] = isJson ? JSON.stringify(value) : value;
  }
  await change(backend, model, mutation, input);
}

/**
 * Asks the API for a change as the account's own role.
 * @param {Backend} backend
 * @param {Json} model
 * @param {string} mutation
 * @param {Json} input
 */
async function change({ engine }, model, mutation, input) {
  const type = `${capital(mutation)}Input`;
  // Subscribers hear what is asked for.
  const fields = Object.values(model.fields).filter(({ type: kind }) => typeof kind === 'string');
  const selected = fields.map(({ name }) => name).join(' ');
  const query = `mutation Change($input: ${type}!) { ${mutation}(input: $input) { ${selected} } }`;
  const { errors } = await engine.execute(
    { query, variables: { input } },
    { identity: OWNER, headers: {} },
  );
  if (errors) throw new Malformed(errors[0].message);
}

/**
 * @param {Backend} backend
 * @param {string} mutation
 */
function has({ engine }, mutation) {
  return Object.hasOwn(engine.schema.getMutationType()?.getFields() ?? {}, mutation);
}

/**
 * The fields that tell records apart at a glance.
 * @param {Json} model
 * @returns {string[]}
 */
function columnsOf(model) {
  const own = identifier(model);
  const plain = Object.values(model.fields).filter(
    ({ name, type, isArray, isReadOnly }) =>
      typeof type === 'string' && !isArray && !isReadOnly && !own.includes(name),
  );
  return plain.slice(0, 3).map(({ name }) => name);
}

/**
 * @param {Json} record
 * @param {string} text In small letters.
 */
function holds(record, text) {
  return Object.values(record).some((value) => {
    const written = typeof value === 'string' ? value : JSON.stringify(value);
    return written.toLowerCase().includes(text);
  });
}

/**
 * @param {unknown} one
 * @param {unknown} other
 */
function compared(one, other) {
  return String(one ?? '').localeCompare(String(other ?? ''));
}

/**
 * @param {Json} record
 * @param {string[]} fields
 * @returns {Json}
 */
function picked(record, fields) {
  return Object.fromEntries(fields.map((field) => [field, record[field]]));
}

/** @param {string} name */
function capital(name) {
  return name[0].toUpperCase() + name.slice(1);
}
