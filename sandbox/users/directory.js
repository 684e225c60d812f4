// Who may sign in: users with their attributes and groups, kept as one document.
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { secretOf } from './srp.js';

/**
 * @typedef {object} User
 * @property {string} sub Also the username, as in a pool where people sign in by an attribute.
 * @property {Record<string, string>} attributes
 * @property {string[]} groups
 * @property {boolean} confirmed
 * @property {import('./srp.js').Secret} secret
 * @property {string | null} code What was sent to them, until it is used.
 */
/** @typedef {{users: User[], sessions: Record<string, string>}} Directory Users by refresh token. */
/** @typedef {{read: () => any, write: (content: any) => void}} Kept One document, or none yet. */

/** What must be known of a user to sign in. */
const NAMES = ['email', 'phone_number', 'preferred_username'];

/** @returns {Kept} a document that is forgotten when the process ends */
export function forgotten() {
  return { read: () => undefined, write: () => undefined };
}

export class Users {
  /** @type {Map<string, User>} */
  #users = new Map();
  /** @type {Map<string, string>} */
  #sessions = new Map();

  /**
   * @param {string} pool The part of the pool's id that passwords are bound to.
   * @param {Kept} kept
   */
  constructor(pool, kept = forgotten()) {
    this.pool = pool;
    this.kept = kept;
    /** @type {Directory | undefined} */
    const found = kept.read();
    for (const user of found?.users ?? []) this.#users.set(user.sub, user);
    this.#sessions = new Map(Object.entries(found?.sessions ?? {}));
  }

  all() {
    return [...this.#users.values()];
  }

  /**
   * Somebody by their username, or by what they sign in with.
   * @param {string} name
   * @returns {User | undefined}
   */
  find(name) {
    const wanted = name.toLowerCase();
    return (
      this.#users.get(name) ??
      this.all().find(({ attributes }) =>
        NAMES.some((attribute) => attributes[attribute]?.toLowerCase() === wanted),
      )
    );
  }

  /**
   * @param {Record<string, string>} attributes
   * @param {string} password
   * @returns {User} not confirmed, in no groups
   */
  add(attributes, password) {
    const sub = randomUUID();
    const secret = secretOf(this.pool + sub, password);
    const user = {
      sub,
      attributes: { ...attributes, sub },
      groups: [],
      confirmed: false,
      secret,
      code: null,
    };
    this.#users.set(sub, user);
    this.save();
    return user;
  }

  /** @param {User} user */
  remove(user) {
    this.#users.delete(user.sub);
    this.signOut(user);
  }

  /**
   * @param {User} user
   * @param {string} password
   */
  setPassword(user, password) {
    user.secret = secretOf(this.pool + user.sub, password);
    this.save();
  }

  /**
   * @param {User} user
   * @param {string[]} groups
   */
  setGroups(user, groups) {
    user.groups = groups;
    this.save();
  }

  /**
   * A new code for somebody, in place of what they had.
   * @param {User} user
   */
  code(user) {
    user.code = String(randomInt(1_000_000)).padStart(6, '0');
    this.save();
    return user.code;
  }

  /**
   * A refresh token for somebody.
   * @param {User} user
   */
  signIn(user) {
    const token = randomBytes(32).toString('base64url');
    this.#sessions.set(token, user.sub);
    this.save();
    return token;
  }

  /**
   * Whose refresh token that is.
   * @param {string} token
   */
  bearer(token) {
    return this.#users.get(this.#sessions.get(token) ?? '');
  }

  /** @param {string} token */
  revoke(token) {
    this.#sessions.delete(token);
    this.save();
  }

  /** @param {User} user */
  signOut({ sub }) {
    for (const [token, owner] of this.#sessions) if (owner === sub) this.#sessions.delete(token);
    this.save();
  }

  save() {
    this.kept.write({ users: this.all(), sessions: Object.fromEntries(this.#sessions) });
  }
}
