// Answers what Amplify makes of data resources: one line of JSON each, a resource's TypeScript to
// { stage, error?, sdl? }. The stages are those of a deployment, in their order; `accepted` is the
// last. The Amplify compiler is called as its construct calls it, but for the files that it writes.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { runInNewContext } from 'node:vm';

const [packages] = process.argv.slice(2);
const require = createRequire(`${packages}/index.js`);
const construct = createRequire(`${packages}/@aws-amplify/graphql-api-construct/lib/index.js`);

const { a } = require('@aws-amplify/data-schema');
const { generateModelsSync } = require('@aws-amplify/graphql-generator');
const { App, NestedStack, Stack } = require('aws-cdk-lib');
const { AnyPrincipal, Role } = require('aws-cdk-lib/aws-iam');
const { UserPool } = require('aws-cdk-lib/aws-cognito');
const { convertAuthorizationModesToCDK } = await import(
  `file://${packages}/@aws-amplify/backend-data/lib/convert_authorization_modes.js`
);
const ts = require('typescript');
const { executeTransform } = construct('@aws-amplify/graphql-transformer');
const { convertAuthorizationModesToTransformerAuthConfig } = construct(
  './internal/authorization-modes.js',
);
const { defaultTranslationBehavior } = construct('./internal/default-parameters.js');
const { buildSchema, parse, validateSchema } = construct('graphql');

const APPSYNC = `
  scalar AWSDate
  scalar AWSTime
  scalar AWSDateTime
  scalar AWSTimestamp
  scalar AWSEmail
  scalar AWSJSON
  scalar AWSURL
  scalar AWSPhone
  scalar AWSIPAddress
  directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
  directive @aws_api_key on FIELD_DEFINITION | OBJECT
  directive @aws_iam on FIELD_DEFINITION | OBJECT
  directive @aws_cognito_user_pools(cognito_groups: [String!]) on FIELD_DEFINITION | OBJECT
`;

/** The resource as `defineData` gets it. */
function load(text) {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exports = {};
  const backend = { a, defineData: (settings) => settings };
  // Of functions it is enough that they are some.
  const functions = new Proxy({}, { get: () => ({ getInstance: () => ({}) }) });
  const require = (module) => (module.startsWith('.') ? functions : backend);
  runInNewContext(outputText, { exports, require });
  return exports.data;
}

/** The names of the types with a table. */
function tables(document) {
  return document.definitions
    .filter((node) => node.directives.some((directive) => directive.name.value === 'model'))
    .map((node) => node.name.value);
}

function compile(sdl, authorizationModes) {
  const stack = new Stack(new App(), 'stack');
  const role = (name) => new Role(stack, name, { assumedBy: new AnyPrincipal() });
  const modes = convertAuthorizationModesToCDK(
    undefined,
    {
      userPool: new UserPool(stack, 'users'),
      identityPoolId: 'identities',
      authenticatedUserRole: role('user'),
      unauthenticatedUserRole: role('guest'),
    },
    authorizationModes,
  );
  const { authConfig, authSynthParameters } =
    convertAuthorizationModesToTransformerAuthConfig(modes);
  const table = { dbType: 'DYNAMODB', provisionStrategy: 'AMPLIFY_TABLE' };
  let compiled;
  executeTransform({
    scope: stack,
    schema: sdl,
    authConfig,
    synthParameters: { amplifyEnvironmentName: 'NONE', apiName: 'data', ...authSynthParameters },
    transformParameters: { ...defaultTranslationBehavior, allowGen1Patterns: false },
    transformersFactoryArgs: { customTransformers: [], functionNameMap: {} },
    dataSourceStrategies: Object.fromEntries(tables(parse(sdl)).map((name) => [name, table])),
    nestedStackProvider: { provide: (scope, name) => new NestedStack(scope, name) },
    assetProvider: {
      provide: (_scope, _name, file) => {
        compiled = file.fileName === 'schema.graphql' ? file.fileContent : compiled;
        return { s3BucketName: 'bucket', s3ObjectKey: 'key', s3ObjectUrl: 's3://bucket/key' };
      },
    },
    stackMapping: {},
    userDefinedSlots: {},
    printTransformerLog: () => {},
  });
  // The text is handed over when the construct is synthesized.
  stack.node.findChild('GraphQLAPI').schema.addAsset();
  return compiled;
}

function judge(text) {
  let stage = 'typescript';
  let sdl;
  try {
    const { schema, authorizationModes } = load(text);
    stage = 'transform';
    sdl = schema.transform().schema;
    stage = 'parse';
    parse(sdl);
    stage = 'introspection';
    generateModelsSync({ schema: sdl, target: 'introspection' });
    stage = 'compile';
    const compiled = compile(sdl, authorizationModes);
    stage = 'graphql';
    const [problem] = validateSchema(buildSchema(APPSYNC + compiled));
    if (problem) {
      throw problem;
    }
    return { stage: 'accepted', sdl };
  } catch (cause) {
    return { stage, error: String(cause?.message ?? cause), sdl };
  }
}

// The compiler and the CDK print warnings; stdout is for answers.
console.log = console.warn = console.info = () => {};
process.emitWarning = () => {};

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(judge(JSON.parse(line)))}\n`);
}
