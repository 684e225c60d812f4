// Who signs a request for a file, and if the policies of their role let them do it.

/** @typedef {import('./policies.js').StorageModel} StorageModel */
/** @typedef {{role: string | null, identity: string}} Person A role of null may do anything. */
/** @typedef {{action: string, key?: string, prefix?: string}} Wish */

const IDENTITY = '${cognito-identity.amazonaws.com:sub}';

/**
 * Somebody by their session token: `guest` or `authenticated`, `/` and their identity, `/` and
 * their groups with commas between; or `role`. Nobody where it is none of these.
 * @param {StorageModel} storage
 * @param {string} session
 * @returns {Person | null}
 */
export function personOf({ groups, roles }, session) {
  const [kind, identity = '', names = ''] = session.split('/');
  if (kind === 'role') return { role: null, identity };
  if (kind === 'guest') return { role: roles.unauthenticated, identity };
  if (kind !== 'authenticated') return null;
  // As the identity pool chooses: the role of the group that comes first, else the common one.
  const own = names.split(',');
  const [first] = groups
    .filter(({ name }) => own.includes(name))
    .sort((one, other) => one.precedence - other.precedence);
  return { role: first?.role ?? roles.authenticated, identity };
}

/**
 * If a person may do something: some statement allows it, and none denies it.
 * @param {StorageModel} storage
 * @param {Person} person
 * @param {Wish} wish
 */
export function mayDo(storage, { role, identity }, { action, key, prefix }) {
  if (role === null) return true;
  const bucket = `arn:aws:s3:::${storage.bucket}`;
  const resource = key === undefined ? bucket : `${bucket}/${key}`;
  /** @param {string} pattern @param {string} text */
  const fits = (pattern, text) => like(pattern, identity).test(text);
  const fitting = (storage.statements[role] ?? []).filter(
    ({ actions, resources, prefixes }) =>
      actions.some((pattern) => fits(pattern, action)) &&
      resources.some((pattern) => fits(pattern, resource)) &&
      (prefixes === null || prefixes.some((pattern) => fits(pattern, prefix ?? ''))),
  );
  return fitting.length > 0 && fitting.every(({ allow }) => allow);
}

/**
 * @param {string} pattern With `*` and `?`, and the variable for the identity.
 * @param {string} identity
 */
function like(pattern, identity) {
  const parts = pattern.split(IDENTITY).map((part) =>
    part
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.'),
  );
  // A variable without a value fits nothing.
  const value = identity === '' ? '(?!)' : identity.replace(/[^A-Za-z0-9]/g, '\\$&');
  return new RegExp(`^${parts.join(value)}$`, 's');
}
