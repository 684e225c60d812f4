// Who may call an operation that is about no model: read off the template that decides it, or off
// the directives of its field. Nothing else of the compiled backend says.
import { valueFromASTUntyped } from 'graphql';

/** @typedef {import('graphql').GraphQLSchema} GraphQLSchema */
/** @typedef {import('graphql').GraphQLObjectType} GraphQLObjectType */
/** @typedef {import('../assembly/model.js').ApiModel} ApiModel */
/** @typedef {import('./explaining.js').Rule} Rule */

const GROUPS = /#set\( \$staticGroupRoles = (\[.*?\]) \)/g;
const IS_TAKEN = '\\s*#set\\( \\$isAuthorized = true \\)';
/** @type {[RegExp, Rule][]} What in a template lets whom call. */
const SIGNS = [
  [new RegExp(`"User Pool Authorization" \\)${IS_TAKEN}`), { allow: 'private' }],
  [new RegExp(`"API Key Authorization" \\)${IS_TAKEN}`), { allow: 'public' }],
  [/\$ctx\.stash\.authRole\b/, { allow: 'private', provider: 'identityPool' }],
  [/\$ctx\.stash\.unauthRole\b/, { allow: 'public', provider: 'identityPool' }],
];

/**
 * @param {{model: ApiModel, schema: GraphQLSchema}} engine
 * @param {string} type `Query`, `Mutation` or `Subscription`.
 * @param {string} field
 * @returns {Rule[]} none, if nothing is known of it
 */
export function callersOf({ model, schema }, type, field) {
  const resolver = model.resolvers.find((one) => one.type === type && one.field === field);
  const codes = resolver?.functions?.map((name) => model.functions[name].code) ?? [];
  const deciding = codes.find((code) => code.request.includes('$isAuthorized = false'));
  const rules = deciding
    ? ofTemplate(deciding.request)
    : ofField(/** @type {GraphQLObjectType} */ (schema.getType(type)), field, model.auth[0]);
  return rules.map((rule) => ({ ...rule, operations: ['call'] }));
}

/**
 * @param {string} text
 * @returns {Rule[]}
 */
function ofTemplate(text) {
  const groups = [...text.matchAll(GROUPS)].flatMap(([, roles]) => ofGroups(JSON.parse(roles)));
  return [...groups, ...SIGNS.filter(([sign]) => sign.test(text)).map(([, rule]) => rule)];
}

/**
 * @param {GraphQLObjectType | undefined} type
 * @param {string} field
 * @param {string} usual The way to sign in where no directive says another.
 * @returns {Rule[]}
 */
function ofField(type, field, usual) {
  const given = type?.getFields()[field]?.astNode?.directives ?? [];
  const stated = given.filter(({ name }) => name.value.startsWith('aws_'));
  const names = new Set(stated.map(({ name }) => name.value));
  const byUsers = stated.find(({ name }) => name.value === 'aws_cognito_user_pools');
  const [argument] = byUsers?.arguments ?? [];
  /** @type {Rule[]} */
  const rules = [];
  if (argument) rules.push({ allow: 'groups', groups: valueFromASTUntyped(argument.value) });
  else if (byUsers || (!stated.length && usual === 'AMAZON_COGNITO_USER_POOLS')) {
    rules.push({ allow: 'private' });
  }
  if (names.has('aws_api_key') || (!stated.length && usual === 'API_KEY')) {
    rules.push({ allow: 'public' });
  }
  return rules;
}

/**
 * @param {{claim: string, entity: string}[]} roles
 * @returns {Rule[]} one for each claim that groups are in
 */
function ofGroups(roles) {
  const claims = new Set(roles.map(({ claim }) => claim));
  return [...claims].map((groupClaim) => ({
    allow: 'groups',
    groupClaim,
    groups: roles.filter(({ claim }) => claim === groupClaim).map(({ entity }) => entity),
  }));
}
