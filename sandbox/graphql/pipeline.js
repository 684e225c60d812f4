// Runs a resolver: its templates, and the functions between them.
import { run } from '../appsync/runtime.js';
import { fromJson, toJson } from '../vtl/values.js';
import { render } from '../vtl/template.js';
import { TemplateError } from '../vtl/errors.js';
import { util } from '../vtl/util.js';
import { invoke } from './datasources.js';
import { sourceError } from './errors.js';

/** @typedef {import('../assembly/model.js').Resolver} Resolver */
/** @typedef {import('../assembly/model.js').Code} Code */
/** @typedef {import('./datasources.js').Sources} Sources */
/** @typedef {import('../identity.js').Identity} Identity */
/** @typedef {import('../vtl/transform.js').SubscriptionFilter} SubscriptionFilter */

/**
 * @typedef {object} Call
 * @property {Identity} identity
 * @property {Record<string, any>} args
 * @property {any} source What the field's parent was resolved to.
 * @property {Record<string, any>} info
 * @property {Record<string, string>} headers
 */
/** @typedef {{value: any, errors: TemplateError[], filter: SubscriptionFilter | null}} Outcome */
/** @typedef {{ctx: Map<string, any>, variables: Record<string, any>}} Running */

export class Resolvers {
  /** @param {Sources} sources */
  constructor(sources) {
    this.sources = sources;
  }

  /**
   * @param {Resolver} resolver
   * @param {Call} call
   * @returns {Promise<Outcome>}
   * @throws {TemplateError | import('../vtl/errors.js').Unauthorized}
   */
  async run(resolver, call) {
    /** @type {Outcome} */
    const outcome = { value: null, errors: [], filter: null };
    const running = begin(call, outcome);
    const before = evaluate(resolver.code, 'request', running);
    if (before.returned) return { ...outcome, value: before.value };
    let result = before.value;
    if (resolver.functions === null) {
      result = await this.#request(resolver.dataSource ?? 'NONE_DS', before.value, running);
    }
    for (const id of resolver.functions ?? []) {
      running.ctx.set('prev', new Map([['result', fromJson(result)]]));
      result = await this.#function(id, running);
    }
    // The response template of a pipeline sees the last function's result by both names.
    running.ctx.set('prev', new Map([['result', fromJson(result)]]));
    running.ctx.set('result', fromJson(result));
    outcome.value = evaluate(resolver.code, 'response', running).value;
    return outcome;
  }

  /**
   * @param {string} id
   * @param {Running} running
   */
  async #function(id, running) {
    const { code, dataSource } = this.sources.model.functions[id];
    const request = evaluate(code, 'request', running);
    if (request.returned) return request.value;
    running.ctx.set('result', fromJson(await this.#request(dataSource, request.value, running)));
    const response = evaluate(code, 'response', running);
    running.ctx.delete('error');
    return response.value;
  }

  /**
   * @param {string} dataSource
   * @param {any} request
   * @param {Running} running
   */
  async #request(dataSource, request, running) {
    try {
      return await invoke(this.sources, dataSource, request);
    } catch (error) {
      running.ctx.set('error', fromJson(sourceError(error)));
      return null;
    }
  }
}

/**
 * What templates see. The arguments and the stash are the same for all of a resolver's templates,
 * which hand things on by changing them.
 * @param {Call} call
 * @param {Outcome} outcome
 * @returns {Running}
 */
function begin({ identity, args, source, info, headers }, outcome) {
  const given = fromJson(args);
  const ctx = new Map(
    Object.entries({
      args: given,
      arguments: given,
      identity: fromJson(identity.context),
      info: fromJson(info),
      prev: new Map(),
      request: fromJson({ headers }),
      result: null,
      source: fromJson(source),
      stash: new Map(),
    }),
  );
  const functions = util({ authType: identity.authType, errors: outcome.errors });
  const extensions = {
    /** @param {any} filter */
    setSubscriptionFilter: (filter) => {
      outcome.filter = toJson(filter);
      return '';
    },
  };
  return { ctx, variables: { ctx, context: ctx, extensions, util: functions, utils: functions } };
}

/**
 * @param {Code} code
 * @param {'request' | 'response'} side
 * @param {Running} running
 * @returns {{value: any, returned: boolean}} JSON
 */
function evaluate(code, side, { ctx, variables }) {
  if (code.kind === 'JS') {
    const { extensions, util: functions } = variables;
    const answer = run(code[side], side, toJson(ctx), { extensions, util: functions });
    ctx.set('stash', fromJson(answer.stash));
    return answer;
  }
  const rendered = render(code[side], variables);
  if (!rendered.returned) return { value: parsed(rendered.text), returned: false };
  const value = toJson(rendered.value);
  return { value: typeof value === 'string' ? returned(value) : value, returned: true };
}

/** @param {string} text */
function parsed(text) {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new TemplateError(`Unable to transform template: ${text}`, 'MappingTemplate');
  }
}

/** @param {string} value A text that `#return` gave, mostly from `$util.toJson`. */
function returned(value) {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
