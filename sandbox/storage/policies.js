// What a cloud assembly says of files: the roles that people have, and what each may do in S3.
import { ACCOUNT } from '../assembly/stack.js';

/** @typedef {{allow: boolean, actions: string[], resources: string[], prefixes: string[] | null}}
 *   Statement `prefixes` are those that a list may ask for; null where that does not matter. */
/** @typedef {{name: string, precedence: number, role: string}} Group */

/**
 * @typedef {object} StorageModel
 * @property {string} bucket The name that rules know it by; '' where there is none.
 * @property {Record<string, Statement[]>} statements By the name of the role.
 * @property {Group[]} groups
 * @property {{authenticated: string, unauthenticated: string}} roles Their names.
 */

/** @returns {StorageModel} */
export function noStorage() {
  return {
    bucket: '',
    statements: {},
    groups: [],
    roles: { authenticated: '', unauthenticated: '' },
  };
}

/** @typedef {{model: {storage: StorageModel}}} Reading */

/**
 * Readers of resources, as those in `assembly/model.js`.
 * @type {Record<string, (properties: Record<string, any>, key: string, reading: Reading) => void>}
 */
export const STORAGE_READERS = {
  'AWS::Cognito::UserPoolGroup': (properties, _, { model }) => {
    model.storage.groups.push({
      name: properties.GroupName,
      precedence: properties.Precedence ?? Number.MAX_SAFE_INTEGER,
      role: roleName(properties.RoleArn),
    });
  },
  'AWS::IAM::Policy': (properties, _, { model }) => {
    const { statements } = model.storage;
    const found = list(properties.PolicyDocument?.Statement).map(statement).filter(isOfFiles);
    for (const role of list(properties.Roles)) {
      statements[role] = [...(statements[role] ?? []), ...found];
    }
  },
};

/**
 * @param {StorageModel} storage
 * @param {Record<string, string>} roles The ARNs of the identity pool's roles.
 */
export function readRoles(storage, { authenticated, unauthenticated }) {
  storage.roles = {
    authenticated: roleName(authenticated),
    unauthenticated: roleName(unauthenticated),
  };
}

/** @param {string} arn */
function roleName(arn) {
  return String(arn).replace(`arn:aws:iam::${ACCOUNT}:role/`, '');
}

/**
 * @param {Record<string, any>} written
 * @returns {Statement}
 */
function statement(written) {
  const prefixes = written.Condition?.StringLike?.['s3:prefix'];
  return {
    allow: written.Effect !== 'Deny',
    actions: list(written.Action),
    resources: list(written.Resource),
    prefixes: prefixes === undefined ? null : list(prefixes),
  };
}

/** @param {Statement} statement */
function isOfFiles({ actions }) {
  return actions.some((action) => typeof action === 'string' && action.startsWith('s3:'));
}

/**
 * @param {any} value
 * @returns {any[]}
 */
function list(value) {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
