// Lambda functions in an assembly: their code, their environment, and what their roles may do.
import path from 'node:path';

/** @typedef {import('./model.js').Reader} Reader */

/**
 * @typedef {object} LambdaModel
 * @property {string} arn
 * @property {string} name The one that people gave it, else the resource's.
 * @property {string} folder The asset with its bundle.
 * @property {string} handler File and export, `index.handler`.
 * @property {number} timeout In seconds.
 * @property {number} memory In megabytes.
 * @property {string} role The name of its role.
 * @property {Record<string, string>} variables Its environment, as the template gives it.
 * @property {string[]} secrets Variables whose values somebody keeps apart from the code.
 */
/** @typedef {{effect: 'Allow' | 'Deny', actions: string[], resources: string[]}} Statement */

/** @type {Record<string, Reader>} */
export const LAMBDA_READERS = {
  'AWS::Lambda::Function': (properties, key, { arn, assets, model }) => {
    // Only functions that Amplify's `defineFunction` makes; the others are CDK's own.
    const variables = properties.Environment?.Variables ?? {};
    if (variables.AMPLIFY_SSM_ENV_CONFIG === undefined) return;
    model.lambdas[arn] = {
      arn,
      name: tag(properties, 'amplify:friendly-name') ?? key,
      folder: path.join(assets.folder, assets.path(properties.Code.S3Key)),
      handler: properties.Handler,
      timeout: properties.Timeout ?? 3,
      memory: properties.MemorySize ?? 128,
      role: roleName(properties.Role),
      variables,
      secrets: secretsOf(variables),
    };
  },
  'AWS::Lambda::Url': (properties, _, { model }) => {
    model.lambdaUrls.push(properties.TargetFunctionArn);
  },
  'AWS::SSM::Parameter': (properties, _, { model }) => {
    model.parameters[properties.Name] = properties.Value;
  },
  'AWS::IAM::Policy': (properties, _, { model }) => {
    for (const role of properties.Roles ?? []) {
      allow(model, role, properties.PolicyDocument.Statement);
    }
  },
  'AWS::IAM::ManagedPolicy': (properties, _, { model }) => {
    for (const role of properties.Roles ?? []) {
      allow(model, role, properties.PolicyDocument.Statement);
    }
  },
  'AWS::IAM::Role': (properties, key, { model }) => {
    for (const { PolicyDocument } of properties.Policies ?? []) {
      allow(model, properties.RoleName ?? key, PolicyDocument.Statement);
    }
  },
};

/**
 * Of the parameters that Amplify looks up when a function starts, secrets are those that branches
 * may have in common.
 * @param {Record<string, string>} variables
 */
function secretsOf(variables) {
  /** @type {[string, {sharedPath?: string}][]} */
  const parameters = Object.entries(JSON.parse(variables.AMPLIFY_SSM_ENV_CONFIG));
  return parameters.filter(([, { sharedPath }]) => sharedPath !== undefined).map(([name]) => name);
}

/** @param {string} arn */
export function roleName(arn) {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/**
 * @param {Record<string, any>} properties
 * @param {string} name
 * @returns {string | undefined}
 */
function tag(properties, name) {
  return properties.Tags?.find((/** @type {{Key: string}} */ { Key }) => Key === name)?.Value;
}

/**
 * @param {import('./model.js').ApiModel} model
 * @param {string} role
 * @param {any[]} statements
 */
function allow(model, role, statements) {
  const known = (model.policies[role] ??= []);
  for (const { Effect: effect, Action, Resource } of statements) {
    known.push({ effect, actions: [Action].flat(), resources: [Resource].flat() });
  }
}
