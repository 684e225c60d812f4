// The compiled schema with AppSync's scalars and directives, ready to be executed.
import * as graphql from 'graphql';
import { INPUT, OUTPUT } from './scalars.js';

/** @typedef {import('graphql').GraphQLSchema} GraphQLSchema */
/** @typedef {import('graphql').GraphQLObjectType} GraphQLObjectType */
/** @typedef {import('../assembly/model.js').ApiModel} ApiModel */

const SCALARS = Object.keys(INPUT)
  .map((name) => `scalar ${name}`)
  .join('\n');

const DIRECTIVES = `
  directive @aws_api_key on FIELD_DEFINITION | OBJECT
  directive @aws_iam on FIELD_DEFINITION | OBJECT
  directive @aws_oidc on FIELD_DEFINITION | OBJECT
  directive @aws_lambda on FIELD_DEFINITION | OBJECT
  directive @aws_auth(cognito_groups: [String!]) on FIELD_DEFINITION | OBJECT
  directive @aws_cognito_user_pools(cognito_groups: [String!]) on FIELD_DEFINITION | OBJECT
  directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
`;

/**
 * @param {string} sdl
 * @returns {GraphQLSchema}
 */
export function buildSchema(sdl) {
  const schema = graphql.buildSchema(`${SCALARS}\n${DIRECTIVES}\n${sdl}`);
  for (const name of Object.keys(INPUT)) {
    const scalar = /** @type {import('graphql').GraphQLScalarType} */ (schema.getType(name));
    scalar.parseValue = (value) => checked(name, INPUT[name](value), value);
    scalar.serialize = (value) => checked(name, OUTPUT[name](value), value);
    scalar.parseLiteral = (node, variables) =>
      scalar.parseValue(graphql.valueFromASTUntyped(node, variables));
  }
  return schema;
}

/**
 * @param {string} name
 * @param {any} kept
 * @param {any} value
 */
function checked(name, kept, value) {
  if (kept !== undefined) return kept;
  throw new TypeError(`Can't serialize value : Unable to parse \`${value}\` as a valid ${name}.`);
}

/**
 * The object types of a schema, without GraphQL's own.
 * @param {GraphQLSchema} schema
 * @returns {GraphQLObjectType[]}
 */
export function objectTypes(schema) {
  return Object.values(schema.getTypeMap()).filter(
    /** @type {(type: any) => type is GraphQLObjectType} */
    (type) => graphql.isObjectType(type) && !type.name.startsWith('__'),
  );
}

/**
 * The names of the mutations whose results go to the subscribers of each subscription.
 * @param {GraphQLSchema} schema
 * @returns {Map<string, string[]>}
 */
export function subscribed(schema) {
  const fields = schema.getSubscriptionType()?.getFields() ?? {};
  const directive = /** @type {import('graphql').GraphQLDirective} */ (
    schema.getDirective('aws_subscribe')
  );
  return new Map(
    Object.values(fields).map((field) => {
      const given = field.astNode && graphql.getDirectiveValues(directive, field.astNode);
      return [field.name, given?.mutations ?? []];
    }),
  );
}
