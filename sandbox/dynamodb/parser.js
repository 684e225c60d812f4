// DynamoDB's expressions as trees.
import { invalid } from './values.js';

/** @typedef {(string | number)[]} Path Names of attributes and places in lists. */
/**
 * @typedef {{op: 'path', path: Path} | {op: 'value', value: any} |
 *   {op: 'call', name: string, arguments: Node[]} |
 *   {op: 'compare', sign: string, left: Node, right: Node} |
 *   {op: 'between', operand: Node, low: Node, high: Node} |
 *   {op: 'in', operand: Node, choices: Node[]} |
 *   {op: 'and' | 'or' | 'plus' | 'minus', left: Node, right: Node} |
 *   {op: 'not', operand: Node}} Node
 */
/** @typedef {{names?: Record<string, string>, values?: Record<string, any>}} Placeholders */
/** @typedef {{set: {path: Path, value: Node}[], remove: Path[], add: {path: Path, value: Node}[],
 *   delete: {path: Path, value: Node}[]}} Update */

// Amplify's placeholders are made of fields' names; like DynamoDB, none may hold a dot.
const TOKEN = /\s*(<>|<=|>=|[=<>(),.[\]+-]|#\w+|:\w+|[A-Za-z_]\w*|\d+)/y;

class Parser {
  /** @type {string[]} */
  #tokens = [];
  #at = 0;

  /**
   * @param {string} text
   * @param {Placeholders} placeholders
   */
  constructor(text, placeholders) {
    this.text = text;
    this.placeholders = placeholders;
    let place = 0;
    while (text.slice(place).trim() !== '') {
      TOKEN.lastIndex = place;
      const found = TOKEN.exec(text);
      if (!found) throw this.wrong(text.slice(place).trim()[0]);
      this.#tokens.push(found[1]);
      place = TOKEN.lastIndex;
    }
  }

  /** @param {string | undefined} token */
  wrong(token = this.#tokens[this.#at]) {
    const what = token === undefined ? '<EOF>' : token;
    return invalid(`Invalid expression: Syntax error; token: "${what}", in: "${this.text}"`);
  }

  get done() {
    return this.#at === this.#tokens.length;
  }

  /** @param {...string} words */
  peek(...words) {
    return words.includes((this.#tokens[this.#at] ?? '').toUpperCase());
  }

  /** @param {...string} words */
  accept(...words) {
    if (!this.peek(...words)) return undefined;
    return this.#tokens[this.#at++].toUpperCase();
  }

  /** @param {string} word */
  expect(word) {
    if (!this.accept(word)) throw this.wrong();
  }

  next() {
    if (this.done) throw this.wrong();
    return this.#tokens[this.#at++];
  }

  /** @returns {Node} */
  condition() {
    let left = this.conjunction();
    while (this.accept('OR')) left = { op: 'or', left, right: this.conjunction() };
    return left;
  }

  /** @returns {Node} */
  conjunction() {
    let left = this.negation();
    while (this.accept('AND')) left = { op: 'and', left, right: this.negation() };
    return left;
  }

  /** @returns {Node} */
  negation() {
    if (this.accept('NOT')) return { op: 'not', operand: this.negation() };
    return this.comparison();
  }

  /** @returns {Node} */
  comparison() {
    if (this.accept('(')) {
      const inner = this.condition();
      this.expect(')');
      return inner;
    }
    const left = this.operand();
    const sign = this.accept('=', '<>', '<', '<=', '>', '>=');
    if (sign) return { op: 'compare', sign, left, right: this.operand() };
    if (this.accept('BETWEEN')) {
      const low = this.operand();
      this.expect('AND');
      return { op: 'between', operand: left, low, high: this.operand() };
    }
    if (this.accept('IN')) {
      this.expect('(');
      return { op: 'in', operand: left, choices: this.operands() };
    }
    return left;
  }

  /** @returns {Node[]} */
  operands() {
    const found = [this.operand()];
    while (this.accept(',')) found.push(this.operand());
    this.expect(')');
    return found;
  }

  /** @returns {Node} */
  operand() {
    const token = this.next();
    if (token.startsWith(':')) {
      const values = this.placeholders.values ?? {};
      if (!Object.hasOwn(values, token)) {
        throw invalid(
          `Invalid expression: An expression attribute value used in expression is not defined; attribute value: ${token}`,
        );
      }
      return { op: 'value', value: values[token] };
    }
    if (this.accept('(')) return { op: 'call', name: token, arguments: this.operands() };
    return { op: 'path', path: this.path(token) };
  }

  /** @returns {Path} */
  path(first = this.next()) {
    /** @type {Path} */
    const path = [this.name(first)];
    for (;;) {
      if (this.accept('.')) path.push(this.name(this.next()));
      else if (this.accept('[')) {
        path.push(Number(this.next()));
        this.expect(']');
      } else return path;
    }
  }

  /** @param {string} token */
  name(token) {
    if (!token.startsWith('#')) {
      if (!/^[A-Za-z_]/.test(token)) throw this.wrong(token);
      return token;
    }
    const names = this.placeholders.names ?? {};
    if (!Object.hasOwn(names, token)) {
      throw invalid(
        `Invalid expression: An expression attribute name used in the document path is not defined; attribute name: ${token}`,
      );
    }
    return names[token];
  }

  /** @returns {Node} */
  sum() {
    const left = this.operand();
    if (this.accept('+')) return { op: 'plus', left, right: this.operand() };
    if (this.accept('-')) return { op: 'minus', left, right: this.operand() };
    return left;
  }
}

/**
 * @template T
 * @param {string} text
 * @param {Placeholders} placeholders
 * @param {(parser: Parser) => T} read
 * @returns {T}
 */
function whole(text, placeholders, read) {
  const parser = new Parser(text, placeholders);
  const found = read(parser);
  if (!parser.done) throw parser.wrong();
  return found;
}

/**
 * @param {string} text
 * @param {Placeholders} placeholders
 */
export function parseCondition(text, placeholders) {
  return whole(text, placeholders, (parser) => parser.condition());
}

/**
 * @param {string} text
 * @param {Placeholders} placeholders
 * @returns {Update}
 */
export function parseUpdate(text, placeholders) {
  /** @type {Update} */
  const update = { set: [], remove: [], add: [], delete: [] };
  return whole(text, placeholders, (parser) => {
    while (!parser.done) {
      const clause = parser.accept('SET', 'REMOVE', 'ADD', 'DELETE');
      if (!clause) throw parser.wrong();
      do {
        const path = parser.path();
        if (clause === 'REMOVE') update.remove.push(path);
        else if (clause === 'SET') {
          parser.expect('=');
          update.set.push({ path, value: parser.sum() });
        } else {
          const list = clause === 'ADD' ? update.add : update.delete;
          list.push({ path, value: parser.operand() });
        }
      } while (parser.accept(','));
    }
    return update;
  });
}

/**
 * @param {string} text
 * @param {Placeholders} placeholders
 * @returns {Path[]}
 */
export function parseProjection(text, placeholders) {
  return whole(text, placeholders, (parser) => {
    const paths = [parser.path()];
    while (parser.accept(',')) paths.push(parser.path());
    return paths;
  });
}
