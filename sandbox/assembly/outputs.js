// What `amplify_outputs.json` says of an API that is served from this machine.
import { BUCKET } from '../storage/service.js';
import { REGION } from './stack.js';

/** @typedef {import('./model.js').ApiModel} ApiModel */

export const API_KEY = 'da2-local';
export const USER_POOL = `${REGION}_local`;
const CLIENT = 'local';
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
  return { ...auth, data, ...storage, version: '1.4' };
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
