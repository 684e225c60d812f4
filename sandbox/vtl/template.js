// Runs a template of Apache Velocity, as Amplify's own parser reads it.
import velocity from 'amplify-velocity-template';
import { method } from './methods.js';
import { binary, isHost, property, truth, written } from './operators.js';
import { text } from './values.js';

/** @typedef {Record<string, any>} Ast */
/** @typedef {{text: string, returned: boolean, value: any}} Rendered The text, or what `#return`
 *   gave. */

class Return {
  /** @param {any} value */
  constructor(value) {
    this.value = value;
  }
}

class Break {}

// Within strings a hash begins no directive; this one stands for it while they are parsed.
const HASH = '\uE000';

/** @type {Map<string, Ast[]>} */
const parsed = new Map();

/**
 * @param {string} source
 * @returns {Ast[]}
 */
function parse(source) {
  let asts = parsed.get(source);
  if (!asts) {
    asts = velocity.parse(source);
    parsed.set(source, asts);
  }
  return asts;
}

/**
 * @param {string} source The template.
 * @param {Record<string, any>} variables `util`, `ctx` and so on; the template may add others.
 * @returns {Rendered}
 * @throws whatever a function that the template calls throws
 */
export function render(source, variables) {
  const run = new Run(variables);
  try {
    return { text: run.block(parse(source)), returned: false, value: null };
  } catch (signal) {
    if (signal instanceof Return) return { text: '', returned: true, value: signal.value };
    throw signal;
  }
}

class Run {
  /** @param {Record<string, any>} variables */
  constructor(variables) {
    /** @type {Map<string, any>} */
    this.variables = new Map(Object.entries(variables));
  }

  /**
   * @param {(Ast | string)[]} asts
   * @returns {string}
   */
  block(asts) {
    return asts.map((ast) => this.statement(ast)).join('');
  }

  /**
   * @param {Ast | string} ast
   * @returns {string}
   */
  statement(ast) {
    if (typeof ast === 'string') return ast;
    if (Array.isArray(ast)) return this.directive(ast);
    switch (ast.type) {
      case 'references':
        return this.print(ast);
      case 'set':
        this.set(ast.equal[0], this.value(ast.equal[1]));
        return '';
      case 'raw':
        return ast.value;
      case 'comment':
        return '';
      case 'break':
        throw new Break();
      case 'return':
        throw new Return(ast.value === null ? null : this.value(ast.value));
      default:
        throw new Error(`a template uses #${ast.id ?? ast.type}, which is not known here`);
    }
  }

  /** @param {Ast[]} block A directive and what stands in it. */
  directive([first, ...rest]) {
    if (first.type === 'if') return this.choose([first, ...rest]);
    if (first.type === 'foreach') return this.loop(first, rest);
    throw new Error(`a template uses #${first.type}, which is not known here`);
  }

  /** @param {Ast[]} asts */
  choose(asts) {
    const isBranch = (/** @type {Ast} */ ast) => ['if', 'elseif', 'else'].includes(ast.type);
    const start = asts.findIndex(
      (ast) => isBranch(ast) && (ast.type === 'else' || truth(this.value(ast.condition))),
    );
    if (start < 0) return '';
    const branch = asts.slice(start + 1);
    const end = branch.findIndex(isBranch);
    return this.block(end < 0 ? branch : branch.slice(0, end));
  }

  /**
   * @param {Ast} ast
   * @param {Ast[]} body
   */
  loop(ast, body) {
    const from = this.value(ast.from);
    const items = from instanceof Map ? [...from.values()] : from;
    if (!Array.isArray(items)) return '';
    const names = [ast.to, 'foreach', 'velocityCount'];
    const outer = names.map((name) => this.variables.get(name));
    let output = '';
    for (const [index, item] of items.entries()) {
      const hasNext = index + 1 < items.length;
      this.variables.set(ast.to, item);
      this.variables.set('velocityCount', index + 1);
      this.variables.set('foreach', { count: index + 1, index, hasNext: () => hasNext });
      try {
        output += this.block(body);
      } catch (signal) {
        if (signal instanceof Break) break;
        throw signal;
      }
    }
    names.forEach((name, index) => this.variables.set(name, outer[index]));
    return output;
  }

  /**
   * @param {Ast} target
   * @param {any} value
   */
  set(target, value) {
    if (!target.path) {
      this.variables.set(target.id, value);
      return;
    }
    const holder = this.follow(this.variables.get(target.id), target.path.slice(0, -1));
    const last = target.path.at(-1);
    const key = last.type === 'index' ? this.value(last.id) : last.id;
    if (holder instanceof Map) holder.set(text(key), value);
    else if (Array.isArray(holder)) holder[key] = value;
  }

  /** @param {Ast} ast */
  print(ast) {
    const value = this.value(ast);
    if (value !== null) return text(value);
    return ast.leader === '$!' ? '' : written(ast);
  }

  /**
   * @param {Ast} ast An expression.
   * @returns {any}
   */
  value(ast) {
    switch (ast.type) {
      case 'references':
        return this.follow(this.variables.get(ast.id), ast.path ?? []);
      case 'string':
        return ast.isEval ? this.interpolate(ast.value) : ast.value;
      case 'integer':
      case 'decimal':
        return Number(ast.value);
      case 'bool':
        return ast.value === 'null' ? null : ast.value === 'true';
      case 'array':
        return ast.isRange
          ? this.range(ast.value)
          : ast.value.map((/** @type {Ast} */ item) => this.value(item));
      case 'map':
        return new Map(
          Object.entries(ast.value ?? {}).map(([key, item]) => [key, this.value(item)]),
        );
      case 'math':
        return this.math(ast.operator, ast.expression);
      default:
        throw new Error(`a template has ${ast.type} for a value, which is not known here`);
    }
  }

  /** @param {(Ast | string | number)[]} bounds */
  range(bounds) {
    const [start, end] = bounds.map((bound) =>
      typeof bound === 'object' ? this.value(bound) : Number(bound),
    );
    const step = start <= end ? 1 : -1;
    return Array.from({ length: Math.abs(end - start) + 1 }, (_, index) => start + step * index);
  }

  /** @param {string} source */
  interpolate(source) {
    if (!source.includes('$')) return source;
    return this.block(parse(source.replaceAll('#', HASH))).replaceAll(HASH, '#');
  }

  /**
   * @param {any} value
   * @param {Ast[]} path
   * @returns {any}
   */
  follow(value, path) {
    let at = value ?? null;
    for (const step of path) {
      if (at === null) return null;
      if (step.type === 'method') at = this.call(at, step);
      else at = property(at, step.type === 'index' ? this.value(step.id) : step.id);
      at ??= null;
    }
    return at;
  }

  /**
   * @param {any} self
   * @param {Ast} step
   */
  call(self, step) {
    const given = () => (step.args || []).map((/** @type {Ast} */ item) => this.value(item));
    if (isHost(self)) {
      if (!Object.hasOwn(self, step.id)) {
        throw new Error(`a template calls ${step.id}(), which is not known here`);
      }
      return self[step.id](...given());
    }
    // Velocity passes over a method that a value does not have.
    return method(self, step.id)?.(self, ...given());
  }

  /**
   * @param {string} operator
   * @param {Ast[]} operands
   */
  math(operator, [first, second]) {
    const one = this.value(first);
    if (operator === 'parenthesis') return one;
    if (operator === 'not') return !truth(one);
    if (operator === 'minus') return -one;
    if (operator === '&&') return truth(one) && truth(this.value(second));
    if (operator === '||') return truth(one) || truth(this.value(second));
    return binary(operator, one, this.value(second));
  }
}
