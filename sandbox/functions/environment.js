// What a function finds in its environment: its own variables, and those that Lambda adds.
import { ACCOUNT, HERE, REGION } from '../assembly/stack.js';
import { payers, STAND_IN_SECRET, standInAddress } from '../payments/provider.js';

/** @typedef {import('../assembly/model.js').ApiModel} ApiModel */
/** @typedef {import('../assembly/lambdas.js').LambdaModel} LambdaModel */

/**
 * What functions find of this machine.
 * @typedef {object} Here
 * @property {string} origin Where it answers for AWS; known once it is served.
 * @property {string} front Where people see the frontend; empty where they do not.
 * @property {string} development Where its development server is.
 */

/** Where code expects the development server to be that `npm create vite` sets up. */
const USUAL = 'http://localhost:5173';
/** What stands before the name of a function's role in its session token. */
export const ROLE_SESSION = 'role:';

/**
 * The environment of a function. What ours says of a variable of its own wins over the template:
 * so secrets are given, and addresses of others changed. Everything of AWS that it asks for is
 * asked of this machine, and the address of the development server is that of the page.
 * @param {ApiModel} model
 * @param {LambdaModel} lambda
 * @param {Here} here
 * @param {string} page The origin of the page that somebody uses.
 * @returns {Record<string, string>}
 */
export function environmentOf(model, lambda, here, page) {
  const { origin } = here;
  return {
    ...own(model, lambda, here, page),
    AMPLIFY_SSM_ENV_CONFIG: '{}',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_DEFAULT_REGION: REGION,
    AWS_ENDPOINT_URL: `${origin}/aws/other`,
    AWS_ENDPOINT_URL_DYNAMODB: `${origin}/aws/dynamodb`,
    AWS_ENDPOINT_URL_KINESIS: `${origin}/aws/kinesis`,
    AWS_ENDPOINT_URL_LAMBDA: `${origin}/aws/lambda`,
    AWS_ENDPOINT_URL_S3: `${origin}/aws/s3`,
    AWS_ENDPOINT_URL_SQS: `${origin}/aws/sqs`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(lambda.memory),
    AWS_LAMBDA_FUNCTION_NAME: lambda.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_REGION: REGION,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: `${ROLE_SESSION}${lambda.role}`,
    NODE_NO_WARNINGS: '1',
    PATH: process.env.PATH ?? '',
    TZ: 'UTC',
  };
}

/**
 * The page that a function is told of: the one that asks, else the frontend. None where it names no
 * page of the development server.
 * @param {LambdaModel} lambda
 * @param {Here} here
 * @param {any} event
 * @returns {string}
 */
export function pageOf({ variables }, here, event) {
  const isTold = Object.values(variables).some((value) => located(value, here, '') !== value);
  return isTold ? (event?.request?.headers?.origin ?? here.front) : '';
}

/**
 * @param {string} value
 * @param {Here} here
 * @param {string} page
 */
function located(value, { development }, page) {
  for (const address of [USUAL, development]) {
    if (address && (value === address || value.startsWith(`${address}/`))) {
      return page + value.slice(address.length);
    }
  }
  return value;
}

/**
 * The secrets of functions that nobody set, each with the functions that need it.
 * @param {ApiModel} model
 * @returns {Map<string, string[]>}
 */
export function unset({ lambdas }) {
  const found = new Map();
  for (const { name, secrets } of Object.values(lambdas)) {
    for (const secret of secrets.filter((one) => process.env[one] === undefined)) {
      found.set(secret, [...(found.get(secret) ?? []), name]);
    }
  }
  return found;
}

/**
 * @param {ApiModel} model
 * @param {LambdaModel} lambda
 * @param {Here} here
 * @param {string} page
 */
function own(model, lambda, here, page) {
  const { variables, secrets } = lambda;
  /** @type {Record<string, {path: string}>} */
  const parameters = JSON.parse(variables.AMPLIFY_SSM_ENV_CONFIG);
  const resolved = { ...variables };
  for (const [name, { path }] of Object.entries(parameters)) {
    if (Object.hasOwn(model.parameters, path)) resolved[name] = model.parameters[path];
  }
  const isPayer = payers(model.lambdas).includes(lambda);
  for (const [name, value] of Object.entries(resolved)) {
    const paying = isPayer ? standInAddress(value, here.origin) : value;
    const found = isPayer && secrets.includes(name) ? STAND_IN_SECRET : paying;
    const placed = page ? located(found, here, page) : found;
    resolved[name] = process.env[name] ?? placed.replaceAll(HERE, here.origin);
  }
  return resolved;
}

/** @param {LambdaModel} lambda */
export function contextOf(lambda) {
  return {
    functionName: lambda.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: lambda.arn,
    logGroupName: `/aws/lambda/${lambda.name}`,
    logStreamName: 'local',
    memoryLimitInMB: String(lambda.memory),
  };
}

/** @param {string} role The name of a role. */
export function assumedRole(role) {
  return `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/local`;
}
