// Executes operations on the API, and says who hears of a mutation.
import * as graphql from 'graphql';
import { API_ARN } from '../assembly/stack.js';
import { Database } from '../dynamodb/database.js';
import { allowance } from './authorize.js';
import { reported, resolverError, unauthorized } from './errors.js';
import { Resolvers } from './pipeline.js';
import { permits } from '../functions/permissions.js';
import { identify } from '../identity.js';
import { buildSchema, objectTypes, subscribed } from './schema.js';
import { named, projected } from './selection.js';

/** @typedef {import('../assembly/model.js').ApiModel} ApiModel */
/** @typedef {import('../assembly/model.js').Resolver} Resolver */
/** @typedef {import('../assembly/model.js').TableModel} TableModel */
/** @typedef {import('../identity.js').Identity} Identity */
/** @typedef {import('../functions/lambdas.js').Lambdas} Lambdas */
/** @typedef {import('../dynamodb/memory.js').Store} Store */
/** @typedef {import('../vtl/transform.js').SubscriptionFilter} SubscriptionFilter */
/** @typedef {import('graphql').GraphQLResolveInfo} Info */
/** @typedef {{query: string, variables?: Record<string, any> | null,
 *   operationName?: string | null}} Request */
/** @typedef {{identity: Identity, headers: Record<string, string>}} Caller */
/** @typedef {{data: any, errors?: Record<string, any>[]}} Response */
/** @typedef {{mutation: string, payload: Record<string, any>}} Published */
/** @typedef {Caller & {reports: Record<string, any>[], args: Record<string, any>,
 *   filter: SubscriptionFilter | null, calls: Call[]}} Context The arguments and the filter are a
 *   subscription's. */
/** @typedef {{document: import('graphql').DocumentNode,
 *   operation: import('graphql').OperationDefinitionNode, errors?: undefined}} Prepared */

/**
 * A field at the top of an operation, and what it was resolved to before anything was selected.
 * @typedef {{key: string | number, field: string, args: Record<string, any>, value: any}} Call
 */
/**
 * An operation, and what became of it.
 * @typedef {object} Answered
 * @property {Caller | null} caller Null for who is nobody that the API knows.
 * @property {string} operation What kind it is; '' if it was not read.
 * @property {Call[]} calls
 * @property {Record<string, any>[]} errors
 * @property {number} milliseconds
 */

/**
 * What a subscriber asked for.
 * @typedef {object} Subscription
 * @property {string[]} mutations It hears of these.
 * @property {SubscriptionFilter | null} filter What must hold of a payload, or else
 * @property {Record<string, any>} args which fields it must have.
 * @property {(payload: Record<string, any>) => Response} respond
 */

const ROOTS = new Set(['Query', 'Mutation', 'Subscription']);

export class Engine {
  /** @type {((published: Published) => void)[]} */
  #listeners = [];
  /** @type {((answered: Answered) => void)[]} */
  #watchers = [];
  /** @type {Map<string, (identity: Identity) => boolean>} */
  #allowances = new Map();

  /**
   * @param {ApiModel} model
   * @param {Lambdas} lambdas
   * @param {(table: TableModel) => Store} [storeOf]
   */
  constructor(model, lambdas, storeOf) {
    this.model = model;
    this.schema = buildSchema(model.sdl);
    this.database = new Database(Object.values(model.tables), storeOf);
    const sources = { model, database: this.database, lambdas };
    this.resolvers = new Resolvers(sources);
    this.subscribed = subscribed(this.schema);
    const found = new Map(model.resolvers.map((item) => [`${item.type}.${item.field}`, item]));
    for (const type of objectTypes(this.schema)) {
      for (const field of Object.values(type.getFields())) {
        const name = `${type.name}.${field.name}`;
        this.#allowances.set(name, allowance(this.schema, type, field, model.auth[0]));
        const resolve = this.#resolve(name, found.get(name));
        field.resolve = ROOTS.has(type.name) ? noted(resolve) : resolve;
      }
    }
  }

  /**
   * Calls the listener with each mutation that changed something.
   * @param {(published: Published) => void} listener
   */
  listen(listener) {
    this.#listeners.push(listener);
  }

  /**
   * Calls the watcher with each operation, also those that are refused.
   * @param {(answered: Answered) => void} watcher
   */
  watch(watcher) {
    this.#watchers.push(watcher);
  }

  /**
   * Tells who asks, and those who watch that nobody is known by such headers.
   * @param {Record<string, string>} headers
   * @throws {import('../identity.js').NotSignedIn}
   */
  identify(headers) {
    try {
      return identify(this.model, headers);
    } catch (error) {
      const errors = [{ message: error instanceof Error ? error.message : String(error) }];
      this.tell({ caller: null, operation: '', calls: [], errors, milliseconds: 0 });
      throw error;
    }
  }

  /**
   * If somebody may see a field.
   * @param {string} type
   * @param {string} field
   * @param {Identity} identity
   */
  allows(type, field, identity) {
    return this.#allowances.get(`${type}.${field}`)?.(identity) ?? true;
  }

  /**
   * A field's own function. `info` says what GraphQL knows of the call.
   * @param {string} name
   * @param {Resolver | undefined} resolver
   * @returns {import('graphql').GraphQLFieldResolver<any, Context>}
   */
  #resolve(name, resolver) {
    return async (source, args, context, info) => {
      if (!this.#allowances.get(name)?.(context.identity)) throw unauthorized(info);
      if (!info.path.prev && !this.#permitted(context.identity, name)) throw unauthorized(info);
      if (info.operation.operation === 'subscription') context.args = args;
      if (!resolver) return source?.[info.fieldName] ?? null;
      const { identity, headers } = context;
      const call = { identity, headers, args, source, info: described(info) };
      try {
        const outcome = await this.resolvers.run(resolver, call);
        for (const error of outcome.errors) context.reports.push(placed(error, info));
        context.filter = outcome.filter;
        return outcome.value;
      } catch (error) {
        throw resolverError(error, info);
      }
    };
  }

  /**
   * If the policies of a role let it ask for a field; they do not concern others.
   * @param {Identity} identity
   * @param {string} name
   */
  #permitted({ role }, name) {
    if (role === null) return true;
    const [type, field] = name.split('.');
    const resource = `${API_ARN}/types/${type}/fields/${field}`;
    return permits(this.model, role, 'appsync:GraphQL', resource);
  }

  /**
   * @param {Request} request
   * @param {Caller} caller
   * @returns {Promise<Response>}
   */
  async execute(request, caller) {
    const prepared = this.#prepare(request, caller);
    if (prepared.errors) return prepared;
    const { document, operation } = prepared;
    if (operation.operation === 'subscription') {
      return failed('Subscriptions are served by the realtime endpoint only.');
    }
    const { response } = await this.#run(prepared, request, caller);
    if (operation.operation === 'mutation' && response.data) {
      for (const { name, value } of named(document, operation, response.data)) {
        if (value === null) continue;
        for (const listener of this.#listeners) listener({ mutation: name, payload: value });
      }
    }
    return response;
  }

  /**
   * @param {Request} request
   * @param {Caller} caller
   * @returns {Promise<Subscription | Response>} a response only if it was refused
   */
  async subscribe(request, caller) {
    const prepared = this.#prepare(request, caller);
    if (prepared.errors) return prepared;
    const { document, operation } = prepared;
    const selected = operation.selectionSet.selections[0];
    if (operation.operation !== 'subscription' || selected.kind !== 'Field') {
      return failed('The realtime endpoint serves subscriptions only.');
    }
    const { response, context } = await this.#run(prepared, request, caller);
    if (response.errors) return response;
    const args = { ...context.args };
    // The filter as an argument is no field's value; templates make a filter of it.
    delete args.filter;
    return {
      mutations: this.subscribed.get(selected.name.value) ?? [],
      filter: context.filter,
      args,
      respond: (payload) =>
        projected({ engine: this, document, operation, payload, identity: caller.identity }),
    };
  }

  /**
   * @param {Request} request
   * @param {Caller} caller
   * @returns {Prepared | (Response & {errors: Record<string, any>[]})}
   */
  #prepare(request, caller) {
    const prepared = this.#read(request);
    const { errors } = prepared;
    if (errors) this.tell({ caller, operation: '', calls: [], errors, milliseconds: 0 });
    return prepared;
  }

  /**
   * @param {Request} request
   * @returns {Prepared | (Response & {errors: Record<string, any>[]})}
   */
  #read({ query, operationName }) {
    try {
      const document = graphql.parse(query);
      const errors = graphql.validate(this.schema, document);
      if (errors.length) return { data: null, errors: errors.map(reported) };
      const operation = graphql.getOperationAST(document, operationName);
      return operation ? { document, operation } : failed('Unknown operation.');
    } catch (error) {
      if (error instanceof graphql.GraphQLError) return { data: null, errors: [reported(error)] };
      throw error;
    }
  }

  /**
   * @param {Prepared} prepared
   * @param {Request} request
   * @param {Caller} caller
   * @returns {Promise<{response: Response, context: Context}>}
   */
  async #run({ document, operation }, { variables, operationName }, caller) {
    const begun = performance.now();
    /** @type {Context} */
    const context = { ...caller, reports: [], args: {}, filter: null, calls: [] };
    const result = await graphql.execute({
      schema: this.schema,
      document,
      contextValue: context,
      variableValues: variables ?? {},
      operationName: operationName ?? undefined,
    });
    const errors = [...context.reports, ...(result.errors ?? []).map(reported)];
    const milliseconds = performance.now() - begun;
    const { calls } = context;
    this.tell({ caller, operation: operation.operation, calls, errors, milliseconds });
    const data = result.data ?? null;
    return { response: errors.length ? { data, errors } : { data }, context };
  }

  /**
   * Tells those who watch.
   * @param {Answered} answered
   */
  tell(answered) {
    for (const watcher of this.#watchers) watcher(answered);
  }
}

/**
 * A resolver of which the context knows what it was called with, and what it gave.
 * @param {import('graphql').GraphQLFieldResolver<any, Context>} resolve
 * @returns {import('graphql').GraphQLFieldResolver<any, Context>}
 */
function noted(resolve) {
  return async (source, args, context, info) => {
    /** @type {Call} */
    const call = { key: info.path.key, field: info.fieldName, args, value: null };
    context.calls.push(call);
    call.value = await resolve(source, args, context, info);
    return call.value;
  };
}

/** @param {string} message */
function failed(message) {
  return { data: null, errors: [{ path: null, locations: null, message }] };
}

/** @param {Info} info */
function described({ fieldName, parentType, variableValues }) {
  return { fieldName, parentTypeName: parentType.name, variables: variableValues };
}

/**
 * @param {import('../vtl/errors.js').TemplateError} error
 * @param {Info} info
 */
function placed(error, info) {
  const path = graphql.responsePathAsArray(info.path);
  const original = /** @type {Error} */ (resolverError(error, info));
  return reported(graphql.locatedError(original, info.fieldNodes, path));
}
