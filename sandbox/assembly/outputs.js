// What `amplify_outputs.json` says of an API that is served from this machine.
import { BUCKET } from '../storage/service.js';
import { HERE, REGION } from './stack.js';

/** @typedef {import('./model.js').ApiModel} ApiModel */

export const API_KEY = 'da2-local';
export const USER_POOL = `${REGION}_local`;
export const CLIENT = 'local';
export const IDENTITY_POOL = `${REGION}:00000000-0000-0000-0000-000000000000`;

/**
 * @param {ApiModel} model
 * @param {string} url Where the GraphQL API is served.
 * @returns {Record<string, any>} version 1.4 of the format
 */
export function outputs(model, url) {
  const [first, ...others] = model.auth;
  /** @type {Record<string, any>} */
  const data = {
    url,
    aws_region: REGION,
    default_authorization_type: first,
    authorization_types: others,
    model_introspection: model.introspection,
  };
  if (model.auth.includes('API_KEY')) data.api_key = API_KEY;
  const auth = model.outputs.userPoolId === undefined ? {} : { auth: authOutputs(model.outputs) };
  const storage = model.storage.bucket === '' ? {} : { storage: storageOutputs(model.outputs) };
  return { ...auth, ...customOutputs(model, url), data, ...storage, version: '1.4' };
}

/**
 * What the project itself adds to its outputs, with addresses of this machine.
 * @param {ApiModel} model
 * @param {string} url Where the GraphQL API is served.
 * @returns {Record<string, any>}
 */
function customOutputs({ lambdas, outputs: { customOutputs: given } }, url) {
  if (given === undefined) return {};
  let text = given.replaceAll(HERE, url.replace(/\/graphql$/, ''));
  for (const { arn, name } of Object.values(lambdas)) {
    const key = arn.slice(arn.lastIndexOf(':') + 1);
    text = text.replaceAll(`/functions/${key}/`, `/functions/${name}/`);
  }
  const { custom } = JSON.parse(text);
  return custom === undefined ? {} : { custom };
}

/**
 * The same as `Amplify.configure` takes it, for a client that asks this machine only: the format of
 * `amplify_outputs.json` has no place for the addresses of user pools and identity pools.
 * @param {Record<string, any>} made The outputs.
 * @param {string} origin Where everything is served.
 * @returns {Record<string, any>}
 */
export function configuration({ auth, custom, data, storage }, origin) {
  const isDefault = AUTH_MODES[data.default_authorization_type];
  return {
    API: {
      GraphQL: {
        // Clients make `wss://` of `http://`, for which browsers want a certificate; this they
        // leave as it is, and browsers make `ws://` of it.
        endpoint: data.url.replace('http://', 'HTTP://'),
        region: REGION,
        defaultAuthMode: isDefault,
        ...(data.api_key ? { apiKey: data.api_key } : {}),
        modelIntrospection: data.model_introspection,
      },
    },
    ...(auth ? { Auth: { Cognito: cognito(auth, origin) } } : {}),
    ...(storage ? { Storage: { S3: bucketOf(storage) } } : {}),
    ...(custom ? { custom } : {}),
  };
}

/** @type {Record<string, string>} What the client calls the ways to sign in. */
const AUTH_MODES = {
  API_KEY: 'apiKey',
  AMAZON_COGNITO_USER_POOLS: 'userPool',
  AWS_IAM: 'iam',
  AWS_LAMBDA: 'lambda',
  OPENID_CONNECT: 'oidc',
};

/**
 * @param {Record<string, any>} auth
 * @param {string} origin
 */
function cognito(auth, origin) {
  /** @type {string[]} */
  const names = auth.username_attributes;
  const policy = auth.password_policy;
  /** @type {string[]} */
  const required = auth.standard_required_attributes;
  return {
    userPoolId: auth.user_pool_id,
    userPoolClientId: auth.user_pool_client_id,
    userPoolEndpoint: origin,
    identityPoolId: auth.identity_pool_id,
    identityPoolEndpoint: origin,
    allowGuestAccess: auth.unauthenticated_identities_enabled,
    groups: auth.groups,
    loginWith: { email: names.includes('email'), phone: names.includes('phone_number') },
    passwordFormat: {
      minLength: policy.min_length,
      requireLowercase: policy.require_lowercase,
      requireNumbers: policy.require_numbers,
      requireSpecialCharacters: policy.require_symbols,
      requireUppercase: policy.require_uppercase,
    },
    signUpVerificationMethod: 'code',
    userAttributes: Object.fromEntries(required.map((name) => [name, { required: true }])),
  };
}

/** @param {Record<string, any>} storage */
function bucketOf({ buckets }) {
  const place = { bucketName: BUCKET, region: REGION };
  return {
    bucket: BUCKET,
    region: REGION,
    buckets: Object.fromEntries(
      buckets.map((/** @type {any} */ { name, paths }) => [name, { ...place, paths }]),
    ),
  };
}

/** @param {Record<string, any>} given The outputs of the root stack. */
function storageOutputs(given) {
  /** @type {string[]} */
  const buckets = JSON.parse(given.buckets ?? '[]');
  const place = { aws_region: REGION, bucket_name: BUCKET };
  return {
    ...place,
    buckets: buckets.map((text) => {
      const { name, paths } = JSON.parse(text);
      return { name, ...place, paths };
    }),
  };
}

/** @param {Record<string, any>} given The outputs of the root stack. */
function authOutputs(given) {
  /** @type {string[]} */
  const required = JSON.parse(given.passwordPolicyRequirements ?? '[]');
  return {
    user_pool_id: USER_POOL,
    aws_region: REGION,
    user_pool_client_id: CLIENT,
    identity_pool_id: IDENTITY_POOL,
    mfa_methods: JSON.parse(given.mfaTypes || '[]'),
    standard_required_attributes: JSON.parse(given.signupAttributes ?? '[]'),
    username_attributes: JSON.parse(given.usernameAttributes ?? '[]'),
    user_verification_types: JSON.parse(given.verificationMechanisms ?? '[]'),
    groups: JSON.parse(given.groups ?? '[]'),
    mfa_configuration: given.mfaConfiguration === 'OFF' ? 'NONE' : given.mfaConfiguration,
    password_policy: {
      min_length: Number(given.passwordPolicyMinLength ?? 8),
      require_lowercase: required.includes('REQUIRES_LOWERCASE'),
      require_numbers: required.includes('REQUIRES_NUMBERS'),
      require_symbols: required.includes('REQUIRES_SYMBOLS'),
      require_uppercase: required.includes('REQUIRES_UPPERCASE'),
    },
    unauthenticated_identities_enabled: given.allowUnauthenticatedIdentities === 'true',
  };
}
