// The page at the top of a backend's address, and what its script asks for, for the page alone.
import { readFileSync } from 'node:fs';
import { Malformed, received } from '../http.js';
import { overview, people } from './describing.js';
import { pageOf, remove, save } from './records.js';
import { Requests } from './requests.js';

/** @typedef {import('../server.js').Incoming} Incoming */
/** @typedef {import('../server.js').Outgoing} Outgoing */
/** @typedef {import('../control.js').Control} Control */
/** @typedef {Record<string, any>} Json */

const GROUP = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;
const NAME = /^[^\s@]+(?:@[^\s@]+)?$/;
const SCRIPT = 'text/javascript; charset=utf-8';
/** @type {Record<string, [file: string, type: string]>} */
const FILES = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/status/page.css': ['page.css', 'text/css; charset=utf-8'],
  '/status/kit.js': ['kit.js', SCRIPT],
  '/status/page.js': ['page.js', SCRIPT],
  '/status/records.js': ['records.js', SCRIPT],
};

/**
 * @param {Control} control
 * @returns {import('../server.js').Other}
 */
export function statusPage(control) {
  const requests = new Requests(control.backend);
  const answers = answersOf(control, requests);
  return async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    // The user pool and the identity pool are asked at the same address, by other methods.
    if (pathname !== '/' ? !pathname.startsWith('/status/') : !isRead) return false;
    guard(request, response, control);
    const file = FILES[pathname];
    if (file && isRead) {
      const [name, type] = file;
      response.writeHead(200, { 'content-type': type });
      response.end(readFileSync(new URL(`page/${name}`, import.meta.url)));
      return true;
    }
    const name = `${request.method} ${pathname.slice('/status/'.length)}`;
    try {
      if (!isOwn(request)) send(response, 403, { error: 'only for the page itself' });
      else if (!Object.hasOwn(answers, name)) send(response, 404, { error: 'nothing is there' });
      else {
        const asked = isRead ? Object.fromEntries(searchParams) : await body(request);
        send(response, 200, (await answers[name](asked)) ?? {});
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      send(response, error instanceof Malformed ? 400 : 500, { error: message });
    }
    return true;
  };
}

/**
 * @param {Control} control
 * @param {Requests} requests
 * @returns {Record<string, (asked: Json) => unknown>}
 */
function answersOf(control, requests) {
  const { backend } = control;
  const { users, pool } = backend;
  /** @param {string} sub */
  const known = (sub) => {
    const user = users.all().find((one) => one.sub === sub);
    if (user) return user;
    throw new Malformed('there is no such user any more');
  };
  return {
    'GET overview': () => overview(control),
    'GET users': () => people(control),
    'GET requests': ({ after }) => requests.after(Number(after) || 0),
    'GET records': ({ model, page, text = '' }) =>
      pageOf(backend, { model, page: Number(page) || 0, text }),
    'POST users/add': ({ name, groups }) => {
      const wanted = String(name ?? '').trim();
      if (!NAME.test(wanted)) throw new Malformed('a name, or an address, without spaces');
      if (users.find(wanted.includes('@') ? wanted : `${wanted}@example.com`)) {
        throw new Malformed(`${wanted} is there already`);
      }
      pool.admit(wanted, checked(groups), control.password);
    },
    'POST users/groups': ({ sub, groups }) => users.setGroups(known(sub), checked(groups)),
    'POST users/remove': ({ sub }) => users.remove(known(sub)),
    'POST records/save': ({ model, before, record }) =>
      save(backend, { model, before: object(before), record: object(record) }),
    'POST records/delete': ({ model, record }) =>
      remove(backend, { model, record: object(record) }),
  };
}

/**
 * @param {unknown} groups
 * @returns {string[]}
 */
function checked(groups) {
  if (!Array.isArray(groups)) throw new Malformed('groups are a list');
  const wrong = groups.find((group) => typeof group !== 'string' || !GROUP.test(group));
  if (wrong !== undefined) throw new Malformed(`${wrong} cannot be a group`);
  return [...new Set(groups)];
}

/**
 * @param {any} value
 * @returns {Json}
 */
function object(value) {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
  throw new Malformed('a record is an object');
}

/**
 * Says what a browser may do with an answer: nothing but what the page needs.
 * @param {Incoming} request
 * @param {Outgoing} response
 * @param {Control} control
 */
function guard({ headers }, response, { secret }) {
  // The server checked that the host is this machine.
  const own = `http://${headers.host}/${secret}/status/`;
  const policy = {
    'default-src': "'none'",
    'script-src': own,
    'style-src': `${own}page.css`,
    'connect-src': own,
    'img-src': 'data:',
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    'require-trusted-types-for': "'script'",
  };
  const said = Object.entries(policy).map((parts) => parts.join(' '));
  response.setHeader('content-security-policy', said.join('; '));
  response.setHeader('cache-control', 'no-store');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('x-content-type-options', 'nosniff');
}

/**
 * If the page itself asks. Browsers name the page with whatever is posted, and say of all requests
 * where they come from.
 * @param {Incoming} request
 */
function isOwn({ method, headers }) {
  const { host, origin, 'sec-fetch-site': site } = headers;
  if (site !== undefined && site !== 'same-origin') return false;
  if (origin === undefined) return method === 'GET' || method === 'HEAD';
  return origin === `http://${host}`;
}

/** @param {Incoming} request */
async function body(request) {
  const text = (await received(request, 1)).toString();
  try {
    return object(JSON.parse(text));
  } catch {
    throw new Malformed('the request holds no JSON object');
  }
}

/**
 * @param {Outgoing} response
 * @param {number} status
 * @param {unknown} content
 */
function send(response, status, content) {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(content));
}
