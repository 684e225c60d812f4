// Which ways to sign in a field takes: `@aws_iam` and its like, on the field or on its type.
import { getDirectiveValues } from 'graphql';

/** @typedef {import('graphql').GraphQLSchema} GraphQLSchema */
/** @typedef {import('graphql').GraphQLObjectType} GraphQLObjectType */
/** @typedef {import('graphql').GraphQLField<any, any>} Field */
/** @typedef {import('../assembly/model.js').AuthMode} AuthMode */
/** @typedef {import('../identity.js').Identity} Identity */
/** @typedef {{mode: AuthMode, groups: string[] | null}} Way */

/** @type {Record<string, AuthMode>} */
const MODES = {
  aws_api_key: 'API_KEY',
  aws_auth: 'AMAZON_COGNITO_USER_POOLS',
  aws_cognito_user_pools: 'AMAZON_COGNITO_USER_POOLS',
  aws_iam: 'AWS_IAM',
  aws_oidc: 'OPENID_CONNECT',
  aws_lambda: 'AWS_LAMBDA',
};

/**
 * If a field may be used by somebody who signed in so.
 * @param {GraphQLSchema} schema
 * @param {GraphQLObjectType} type
 * @param {Field} field
 * @param {AuthMode} usual What holds where there is no directive.
 * @returns {(identity: Identity) => boolean}
 */
export function allowance(schema, type, field, usual) {
  const own = ways(schema, field.astNode);
  const found = own.length ? own : ways(schema, type.astNode);
  const taken = found.length ? found : [{ mode: usual, groups: null }];
  return (identity) =>
    taken.some(
      ({ mode, groups }) =>
        mode === identity.mode &&
        (groups === null || groups.some((group) => identity.groups.includes(group))),
    );
}

/**
 * @param {GraphQLSchema} schema
 * @param {any} node Where the directives stand.
 * @returns {Way[]}
 */
function ways(schema, node) {
  return Object.entries(MODES).flatMap(([name, mode]) => {
    const directive = schema.getDirective(name);
    const given = directive && node && getDirectiveValues(directive, node);
    return given ? [{ mode, groups: given.cognito_groups ?? null }] : [];
  });
}
