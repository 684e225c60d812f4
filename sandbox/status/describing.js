// What the backend is made of, and who may sign in, for its page.
import { outputs } from '../assembly/outputs.js';
import { signInAddress } from '../front/signing.js';
import { tableOf } from './records.js';

/** @typedef {import('../backend.js').Backend} Backend */
/** @typedef {import('../control.js').Control} Control */
/** @typedef {import('../users/directory.js').User} User */

/** @type {Record<string, string>} */
const MODES = {
  API_KEY: 'API key',
  AMAZON_COGNITO_USER_POOLS: 'user pool',
  AWS_IAM: 'IAM (identity pool, functions)',
  OPENID_CONNECT: 'OpenID Connect',
  AWS_LAMBDA: 'Lambda',
};

/** @param {Control} control */
export function overview({ backend, front }) {
  const { model, origin } = backend;
  const names = Object.keys(model.introspection?.models ?? {});
  const { storage } = outputs(model, '');
  return {
    graphql: `${origin}/graphql`,
    front,
    auth: model.auth.map((mode) => MODES[mode]),
    models: names.map((name) => ({ name, records: countOf(backend, name) })),
    functions: Object.values(model.lambdas).map(({ arn, name }) => ({
      name,
      address: model.lambdaUrls.includes(arn) ? `${origin}/functions/${name}` : null,
      schedules: model.schedules
        .filter(({ target }) => target === arn)
        .map(({ expression }) => expression),
    })),
    storage: (storage?.buckets ?? []).flatMap(
      (/** @type {{name: string, paths: Record<string, Record<string, string[]>>}} */ bucket) =>
        Object.entries(bucket.paths ?? {}).map(([path, access]) => ({
          bucket: bucket.name,
          path,
          access: Object.entries(access).map(([who, what]) => `${who}: ${what.join(', ')}`),
        })),
    ),
  };
}

/** @param {Control} control */
export function people(control) {
  const { backend } = control;
  /** @type {Record<string, unknown>[]} */
  const groups = outputs(backend.model, '').auth?.groups ?? [];
  return {
    groups: groups.flatMap((group) => Object.keys(group)),
    password: control.password,
    users: backend.users.all().map((user) => described(user, control)),
  };
}

/**
 * @param {User} user
 * @param {Control} control
 */
function described({ sub, attributes, groups, confirmed, code }, { front, secret }) {
  const name = attributes.email ?? attributes.phone_number ?? attributes.preferred_username ?? sub;
  return {
    sub,
    name,
    groups,
    confirmed,
    code,
    address: front && signInAddress(front, name, secret),
  };
}

/**
 * @param {Backend} backend
 * @param {string} name
 */
function countOf(backend, name) {
  return [...tableOf(backend, name).store.values()].length;
}
