// A cloud assembly as a plain model of its GraphQL API: schema, tables, data sources, resolvers.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Assets } from './assets.js';
import { LAMBDA_READERS, roleName } from './lambdas.js';
import { hostOf, noSearch, SEARCH_READERS } from './search.js';
import { noSources, SOURCE_READERS } from './sources.js';
import { ACCOUNT, Stack } from './stack.js';
import { noStorage, readRoles, STORAGE_READERS } from '../storage/policies.js';

/** @typedef {{kind: 'VTL' | 'JS', request: string, response: string}} Code */
/** @typedef {{name: string, dataSource: string, code: Code}} PipelineFunction */
/** @typedef {{type: string, field: string, code: Code, functions: string[] | null,
 *   dataSource: string | null}} Resolver */
/** @typedef {{name: string, kind: string, table: string | null, lambda: string | null,
 *   search: import('../opensearch/service.js').Asker | null, http: string | null}} DataSource The
 *   address of one of HTTP is null if requests to it are to be signed. */
/** @typedef {{name: string, type: 'S' | 'N' | 'B'}} KeyAttribute */
/** @typedef {{hash: KeyAttribute, range: KeyAttribute | null}} Key */
/** @typedef {{name: string, key: Key, indexes: Record<string, Key>,
 *   view: string | null}} TableModel What its stream shows of an item, if it has one. */
/** @typedef {'API_KEY' | 'AMAZON_COGNITO_USER_POOLS' | 'AWS_IAM' | 'OPENID_CONNECT' |
 *   'AWS_LAMBDA'} AuthMode */

/**
 * @typedef {object} ApiModel
 * @property {string} sdl The compiled schema.
 * @property {AuthMode[]} auth The ways to sign in; the first is the default.
 * @property {Record<string, TableModel>} tables By name.
 * @property {Record<string, DataSource>} dataSources By name.
 * @property {Record<string, PipelineFunction>} functions By what `GetAtt` says of each.
 * @property {Resolver[]} resolvers
 * @property {{pool: string, authenticated: string, unauthenticated: string} | null} identityPool
 *   Its name, and the roles' ARNs when they are assumed.
 * @property {import('../storage/policies.js').StorageModel} storage What there is of files.
 * @property {Record<string, import('./lambdas.js').LambdaModel>} lambdas By ARN.
 * @property {string[]} lambdaUrls The ARNs of those that answer HTTP requests.
 * @property {import('./sources.js').SourcesModel} sources What drives functions, and
 * @property {import('./sources.js').ScheduleModel[]} schedules when.
 * @property {Record<string, import('./lambdas.js').Statement[]>} policies By the role's name.
 * @property {Record<string, string>} parameters Of Systems Manager.
 * @property {import('./search.js').SearchModel} search Indexes of tables.
 * @property {Record<string, any>} outputs Of the root stack.
 * @property {any} introspection What the client needs to know of the models.
 */

/** @typedef {{arn: string, attribute: (name: string) => any, assets: Assets,
 *   model: ApiModel}} Reading */
/** @typedef {(properties: Record<string, any>, key: string, reading: Reading) => void} Reader */

/**
 * Reads a cloud assembly.
 * @param {string} folder `cdk.out`
 * @returns {ApiModel}
 * @throws {Error} when the assembly holds no GraphQL API, or something that is not known here.
 */
export function readAssembly(folder) {
  const assets = new Assets(folder);
  const root = new Stack(assets, rootTemplate(folder), 'root');
  /** @type {ApiModel} */
  const model = {
    sdl: '',
    auth: [],
    tables: {},
    dataSources: {},
    functions: {},
    resolvers: [],
    identityPool: null,
    storage: noStorage(),
    lambdas: {},
    lambdaUrls: [],
    sources: noSources(),
    schedules: [],
    policies: {},
    parameters: {},
    search: noSearch(),
    outputs: root.outputs(),
    introspection: JSON.parse(assets.bundled('modelIntrospectionSchema.json') ?? 'null'),
  };
  for (const { stack, id, resource } of root.all()) {
    for (const readers of ALL_READERS) {
      const reader = readers[resource.Type];
      if (reader) {
        const properties = stack.value(resource.Properties ?? {});
        /** @param {string} name */
        const attribute = (name) => stack.attribute(id, name);
        const arn = attribute('Arn');
        reader(properties, `${stack.name}-${id}`, { arn, attribute, assets, model });
      }
    }
  }
  model.storage.bucket = model.outputs.bucketName ?? '';
  if (!model.sdl) throw new Error(`${folder} holds no GraphQL API`);
  return model;
}

/** @param {string} folder */
function rootTemplate(folder) {
  const { artifacts } = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
  for (const artifact of Object.values(artifacts)) {
    if (artifact.type === 'aws:cloudformation:stack') return artifact.properties.templateFile;
  }
  throw new Error(`${folder} holds no stack`);
}

/** @type {Record<string, Reader>} */
const READERS = {
  'AWS::AppSync::GraphQLApi': (properties, _, { model }) => {
    const others = properties.AdditionalAuthenticationProviders ?? [];
    model.auth = [properties, ...others].map((provider) => provider.AuthenticationType);
  },
  'AWS::AppSync::GraphQLSchema': (properties, _, { model, assets }) => {
    model.sdl = properties.Definition ?? assets.text(properties.DefinitionS3Location);
  },
  'AWS::AppSync::DataSource': (properties, _, { model }) => {
    const { Name: name, Type: kind, DynamoDBConfig, LambdaConfig } = properties;
    const { Endpoint } = properties.OpenSearchServiceConfig ?? {};
    const role = roleName(properties.ServiceRoleArn ?? '');
    const search = Endpoint === undefined ? null : { host: hostOf(Endpoint), role };
    const table = DynamoDBConfig?.TableName ?? null;
    const lambda = LambdaConfig?.LambdaFunctionArn ?? null;
    const { Endpoint: address, AuthorizationConfig: signing } = properties.HttpConfig ?? {};
    const http = signing ? null : (address ?? null);
    model.dataSources[name] = { name, kind, table, lambda, search, http };
  },
  'AWS::AppSync::FunctionConfiguration': (properties, key, { model, assets }) => {
    model.functions[`${key}.FunctionId`] = {
      name: properties.Name,
      dataSource: properties.DataSourceName,
      code: code(properties, assets),
    };
  },
  'AWS::AppSync::Resolver': (properties, _, { model, assets }) => {
    model.resolvers.push({
      type: properties.TypeName,
      field: properties.FieldName,
      code: code(properties, assets),
      functions: properties.Kind === 'PIPELINE' ? properties.PipelineConfig.Functions : null,
      dataSource: properties.DataSourceName ?? null,
    });
  },
  'AWS::DynamoDB::Table': readTable,
  'Custom::AmplifyDynamoDBTable': readTable,
  'AWS::Cognito::IdentityPoolRoleAttachment': (properties, _, { model }) => {
    readRoles(model.storage, properties.Roles);
    model.identityPool = {
      pool: properties.IdentityPoolId,
      authenticated: assumed(properties.Roles.authenticated),
      unauthenticated: assumed(properties.Roles.unauthenticated),
    };
  },
};

const ALL_READERS = [READERS, STORAGE_READERS, LAMBDA_READERS, SEARCH_READERS, SOURCE_READERS];

/** @param {string} role The ARN of a role. */
function assumed(role) {
  const name = role.slice(role.lastIndexOf('/') + 1);
  return `arn:aws:sts::${ACCOUNT}:assumed-role/${name}/CognitoIdentityCredentials`;
}

/**
 * @param {Record<string, any>} properties
 * @param {Assets} assets
 * @returns {Code}
 */
function code(properties, assets) {
  if (properties.Runtime) {
    const text = properties.Code ?? assets.text(properties.CodeS3Location);
    return { kind: 'JS', request: text, response: text };
  }
  /** @param {'Request' | 'Response'} side */
  const template = (side) => {
    const address = properties[`${side}MappingTemplateS3Location`];
    const text = properties[`${side}MappingTemplate`];
    return address ? assets.text(address) : (text ?? '$util.toJson($ctx.result)');
  };
  return { kind: 'VTL', request: template('Request'), response: template('Response') };
}

/** @type {Reader} */
function readTable(properties, key, { model }) {
  // Amplify's own kind of table writes names small, CloudFormation's writes them large.
  const table = lowered(properties);
  /** @type {Record<string, 'S' | 'N' | 'B'>} */
  const types = {};
  for (const { attributeName, attributeType } of table.attributeDefinitions) {
    types[attributeName] = attributeType;
  }
  /** @param {{attributeName: string, keyType: string}[]} schema */
  const keyOf = (schema) => {
    /** @param {string} type */
    const find = (type) => {
      const name = schema.find(({ keyType }) => keyType === type)?.attributeName;
      return name === undefined ? null : { name, type: types[name] };
    };
    const hash = find('HASH');
    if (!hash) throw new Error(`${key} has a key without a partition key`);
    return { hash, range: find('RANGE') };
  };
  const indexes = [...(table.globalSecondaryIndexes ?? []), ...(table.localSecondaryIndexes ?? [])];
  const name = table.tableName ?? key;
  model.tables[name] = {
    name,
    key: keyOf(table.keySchema),
    indexes: Object.fromEntries(indexes.map((index) => [index.indexName, keyOf(index.keySchema)])),
    view: table.streamSpecification?.streamViewType ?? null,
  };
}

/**
 * @param {any} value
 * @returns {any}
 */
function lowered(value) {
  if (Array.isArray(value)) return value.map(lowered);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key[0].toLowerCase() + key.slice(1),
      lowered(item),
    ]),
  );
}
