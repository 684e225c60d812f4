// What a function finds in its environment: its own variables, and those that Lambda adds.
import { ACCOUNT, HERE, REGION } from '../assembly/stack.js';

/** @typedef {import('../assembly/model.js').ApiModel} ApiModel */
/** @typedef {import('../assembly/lambdas.js').LambdaModel} LambdaModel */

/** What stands before the name of a function's role in its session token. */
export const ROLE_SESSION = 'role:';

/**
 * The environment of a function. What ours says of a variable of its own wins over the template:
 * so secrets are given, and addresses of others changed. Everything of AWS that it asks for is
 * asked of this machine.
 * @param {ApiModel} model
 * @param {LambdaModel} lambda
 * @param {string} origin Where this machine answers for AWS.
 * @returns {Record<string, string>}
 */
export function environmentOf(model, lambda, origin) {
  return {
    ...own(model, lambda, origin),
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
 * @param {ApiModel} model
 * @param {LambdaModel} lambda
 * @param {string} origin
 */
function own(model, { variables }, origin) {
  /** @type {Record<string, {path: string}>} */
  const parameters = JSON.parse(variables.AMPLIFY_SSM_ENV_CONFIG);
  const resolved = { ...variables };
  for (const [name, { path }] of Object.entries(parameters)) {
    if (Object.hasOwn(model.parameters, path)) resolved[name] = model.parameters[path];
  }
  for (const [name, value] of Object.entries(resolved)) {
    resolved[name] = process.env[name] ?? value.replaceAll(HERE, origin);
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
