// Results by the names of fields: what subscribers are told, and what of it each of them sees.
import * as graphql from 'graphql';

/** @typedef {import('graphql').DocumentNode} Document */
/** @typedef {import('graphql').OperationDefinitionNode} Operation */
/** @typedef {import('graphql').SelectionSetNode} SelectionSet */
/** @typedef {import('graphql').FieldNode} FieldNode */
/** @typedef {import('./engine.js').Response} Response */
/** @typedef {import('./engine.js').Engine} Engine */
/** @typedef {import('../identity.js').Identity} Identity */
/** @typedef {{engine: Engine, document: Document, operation: Operation,
 *   payload: Record<string, any>, identity: Identity}} Delivery */

/**
 * The fields of a selection, those of its fragments too.
 * @param {Document} document
 * @param {SelectionSet | undefined} set
 * @returns {FieldNode[]}
 */
function fields(document, set) {
  return (set?.selections ?? []).flatMap((selection) => {
    if (selection.kind === 'Field') return [selection];
    if (selection.kind === 'InlineFragment') return fields(document, selection.selectionSet);
    const fragment = document.definitions.find(
      /** @type {(node: any) => node is import('graphql').FragmentDefinitionNode} */
      (node) => node.kind === 'FragmentDefinition' && node.name.value === selection.name.value,
    );
    return fields(document, fragment?.selectionSet);
  });
}

/**
 * A result with the names of fields where the request may have chosen others.
 * @param {Document} document
 * @param {SelectionSet | undefined} set
 * @param {any} value
 * @returns {any}
 */
function unaliased(document, set, value) {
  if (Array.isArray(value)) return value.map((item) => unaliased(document, set, item));
  if (value === null || set === undefined) return value;
  return Object.fromEntries(
    fields(document, set).map((field) => [
      field.name.value,
      unaliased(document, field.selectionSet, value[key(field)] ?? null),
    ]),
  );
}

/** @param {FieldNode} field */
function key(field) {
  return field.alias?.value ?? field.name.value;
}

/**
 * The results of an operation's fields, by the names that the schema gives all of them.
 * @param {Document} document
 * @param {Operation} operation
 * @param {Record<string, any>} data
 * @returns {{name: string, value: any}[]}
 */
export function named(document, operation, data) {
  return fields(document, operation.selectionSet).map((field) => ({
    name: field.name.value,
    value: unaliased(document, field.selectionSet, data[key(field)] ?? null),
  }));
}

/**
 * What a subscriber is sent: of a mutation's result the fields that it asked for. No resolver runs
 * for it, so fields that whoever made the mutation did not ask for are null.
 * @param {Delivery} delivery
 * @returns {Response}
 */
export function projected(delivery) {
  const { engine, document, operation, payload } = delivery;
  const type = engine.schema.getSubscriptionType();
  const [field] = fields(document, operation.selectionSet);
  if (!type) throw new Error('the schema has no subscriptions');
  /** @type {Record<string, any>[]} */
  const errors = [];
  const target = graphql.getNamedType(type.getFields()[field.name.value].type);
  const data = { [key(field)]: null };
  try {
    const shown = select(delivery, field.selectionSet, target.name, payload, [key(field)], errors);
    data[key(field)] = shown;
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    errors.push({ path: error.path, locations: null, message: error.message });
  }
  return errors.length ? { data, errors } : { data };
}

class Missing extends Error {
  /**
   * @param {(string | number)[]} path
   * @param {string} type
   * @param {string} parent
   */
  constructor(path, type, parent) {
    const place = `within parent '${parent}' (/${path.join('/')})`;
    super(`Cannot return null for non-nullable type: '${type}' ${place}`);
    this.path = path;
  }
}

/**
 * @param {Delivery} delivery
 * @param {SelectionSet | undefined} set
 * @param {string} parent The name of the type.
 * @param {any} value
 * @param {(string | number)[]} path
 * @param {Record<string, any>[]} errors
 * @returns {any}
 */
function select(delivery, set, parent, value, path, errors) {
  if (value === null || set === undefined) return value;
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      select(delivery, set, parent, item, [...path, index], errors),
    );
  }
  const { engine, document, identity } = delivery;
  const type = engine.schema.getType(parent);
  if (!graphql.isObjectType(type)) return value;
  return Object.fromEntries(
    fields(document, set).map((field) => {
      const name = field.name.value;
      if (name === '__typename') return [key(field), parent];
      const here = [...path, key(field)];
      const kind = type.getFields()[name].type;
      const allowed = engine.allows(parent, name, identity);
      if (!allowed) errors.push(denied(here, parent, name));
      const inner = graphql.getNamedType(kind);
      const given = allowed ? (value[name] ?? null) : null;
      if (given === null && graphql.isNonNullType(kind))
        throw new Missing(here, inner.name, parent);
      return [key(field), select(delivery, field.selectionSet, inner.name, given, here, errors)];
    }),
  );
}

/**
 * @param {(string | number)[]} path
 * @param {string} parent
 * @param {string} name
 */
function denied(path, parent, name) {
  const message = `Not Authorized to access ${name} on type ${parent}`;
  return { path, data: null, errorType: 'Unauthorized', errorInfo: null, locations: null, message };
}
