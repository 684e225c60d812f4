// A stack's template with its expressions evaluated: references, attributes, functions, conditions.
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** @typedef {import('./assets.js').Assets} Assets */
/** @typedef {{Type: string, Properties?: Record<string, any>, Condition?: string}} Resource */

export const ACCOUNT = '123456789012';
export const REGION = 'us-east-1';
export const API_ARN = `arn:aws:appsync:${REGION}:${ACCOUNT}:apis/local`;
/** What templates know of this machine's address, which is known only when it is served. */
export const HERE = 'https://local.invalid';
/** Where queues are, each at its name. */
export const QUEUES = `${HERE}/aws/sqs/${ACCOUNT}`;

/** @type {Record<string, string>} */
const PSEUDO = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::URLSuffix': 'amazonaws.com',
};

/**
 * Attributes that have the form of the real ones because other expressions take them apart.
 * @type {Record<string, (name: string, attribute: string) => string>}
 */
const ARNS = {
  'AWS::AppSync::GraphQLApi': () => API_ARN,
  'AWS::DynamoDB::Table': tableArn,
  'Custom::AmplifyDynamoDBTable': tableArn,
  'AWS::Events::Rule': (name) => `arn:aws:events:${REGION}:${ACCOUNT}:rule/${name}`,
  'AWS::IAM::Role': (name) => `arn:aws:iam::${ACCOUNT}:role/${name}`,
  'AWS::Kinesis::Stream': (name) => `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/${name}`,
  'AWS::OpenSearchService::Domain': (name) => `arn:aws:es:${REGION}:${ACCOUNT}:domain/${name}`,
  'AWS::Lambda::Function': (name) => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`,
  'AWS::S3::Bucket': (name) => `arn:aws:s3:::${name}`,
  'AWS::SQS::Queue': (url) => `arn:aws:sqs:${REGION}:${ACCOUNT}:${lastOf(url)}`,
  'AWS::Scheduler::Schedule': (name) =>
    `arn:aws:scheduler:${REGION}:${ACCOUNT}:schedule/default/${name}`,
};

/**
 * What says a resource's name, where it is not a table.
 * @type {Record<string, string>}
 */
const NAMES = { 'AWS::Kinesis::Stream': 'Name', 'AWS::SQS::Queue': 'QueueName' };

/** @param {string} url */
function lastOf(url) {
  return url.slice(url.lastIndexOf('/') + 1);
}

/**
 * @param {string} name
 * @param {string} attribute
 */
function tableArn(name, attribute) {
  const arn = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${name}`;
  return attribute.includes('Stream') ? `${arn}/stream/local` : arn;
}

export class Stack {
  /** @type {Map<string, Stack>} */
  #nested = new Map();

  /**
   * @param {Assets} assets
   * @param {string} file The template's path within the assembly.
   * @param {string} name
   * @param {(parameter: string) => unknown} parameters
   */
  constructor(assets, file, name, parameters = () => undefined) {
    this.assets = assets;
    this.name = name;
    this.parameters = parameters;
    this.template = JSON.parse(readFileSync(path.join(assets.folder, file), 'utf8'));
    /** @type {Record<string, Resource>} */
    this.resources = this.template.Resources ?? {};
  }

  /**
   * All resources of this stack and those within it, with the stack that each is in.
   * @returns {Generator<{stack: Stack, id: string, resource: Resource}>}
   */
  *all() {
    for (const [id, resource] of Object.entries(this.resources)) {
      if (resource.Condition && !this.holds(resource.Condition)) continue;
      yield { stack: this, id, resource };
      if (resource.Type === 'AWS::CloudFormation::Stack') yield* this.nested(id).all();
    }
  }

  /**
   * The stack that a resource of this one is.
   * @param {string} id
   */
  nested(id) {
    const known = this.#nested.get(id);
    if (known) return known;
    const properties = this.resources[id]?.Properties ?? {};
    const file = this.assets.path(String(this.value(properties.TemplateURL)));
    const given = properties.Parameters ?? {};
    const stack = new Stack(this.assets, file, `${this.name}-${id}`, (parameter) =>
      Object.hasOwn(given, parameter) ? this.value(given[parameter]) : undefined,
    );
    this.#nested.set(id, stack);
    return stack;
  }

  /**
   * The outputs by their names.
   * @returns {Record<string, any>}
   */
  outputs() {
    return Object.fromEntries(
      Object.keys(this.template.Outputs ?? {}).map((name) => [name, this.output(name)]),
    );
  }

  /** @param {string} name */
  output(name) {
    const found = this.template.Outputs?.[name];
    if (!found) throw new Error(`${this.name} has no output ${name}`);
    return this.value(found.Value);
  }

  /**
   * What an expression of this template stands for; `AWS::NoValue` is undefined.
   * @param {any} expression
   * @returns {any}
   */
  value(expression) {
    if (Array.isArray(expression)) {
      return expression.map((item) => this.value(item)).filter((item) => item !== undefined);
    }
    if (expression === null || typeof expression !== 'object') return expression;
    const entries = Object.entries(expression);
    if (entries.length === 1) {
      const [name, argument] = entries[0];
      if (name === 'Ref') return this.reference(argument);
      if (name.startsWith('Fn::')) return this.#call(name, argument);
    }
    return Object.fromEntries(
      entries
        .map(([key, item]) => [key, this.value(item)])
        .filter(([, item]) => item !== undefined),
    );
  }

  /**
   * @param {string} name
   * @param {any} argument
   */
  #call(name, argument) {
    switch (name) {
      case 'Fn::GetAtt':
        return this.attribute(argument[0], argument.slice(1).join('.'));
      case 'Fn::Join':
        return this.value(argument[1]).join(argument[0]);
      case 'Fn::Select':
        return this.value(argument[1])[Number(this.value(argument[0]))];
      case 'Fn::Split':
        return String(this.value(argument[1])).split(argument[0]);
      case 'Fn::Sub':
        return this.#substitute(argument);
      case 'Fn::If':
        return this.value(argument[this.holds(argument[0]) ? 1 : 2]);
      case 'Fn::FindInMap': {
        const [map, first, second] = this.value(argument);
        return this.template.Mappings[map][first][second];
      }
      case 'Fn::GetAZs':
        return [`${REGION}a`, `${REGION}b`, `${REGION}c`];
      case 'Fn::Base64':
        return Buffer.from(this.value(argument)).toString('base64');
      case 'Fn::ImportValue':
        return `import-${this.value(argument)}`;
      default:
        throw new Error(`${this.name} uses ${name}, which is not known here`);
    }
  }

  /** @param {string | [string, Record<string, any>]} argument */
  #substitute(argument) {
    const [text, names] = typeof argument === 'string' ? [argument, {}] : argument;
    return text.replace(/\$\{([^}]+)\}/g, (_, /** @type {string} */ name) => {
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      if (Object.hasOwn(names, name)) return this.value(names[name]);
      const [id, ...attribute] = name.split('.');
      return attribute.length ? this.attribute(id, attribute.join('.')) : this.reference(id);
    });
  }

  /**
   * What `Ref` stands for: a parameter's value, or the name of a resource.
   * @param {string} name
   */
  reference(name) {
    if (name === 'AWS::NoValue') return undefined;
    if (name === 'AWS::StackName' || name === 'AWS::StackId') return this.name;
    if (Object.hasOwn(PSEUDO, name)) return PSEUDO[name];
    const parameter = this.template.Parameters?.[name];
    if (parameter) return this.parameters(name) ?? parameter.Default;
    const resource = this.resources[name];
    if (!resource) throw new Error(`${this.name} refers to ${name}, which it does not have`);
    const properties = resource.Properties ?? {};
    const given = properties[NAMES[resource.Type]] ?? properties.TableName ?? properties.tableName;
    const known = given === undefined ? `${this.name}-${name}` : this.value(given);
    return resource.Type === 'AWS::SQS::Queue' ? `${QUEUES}/${known}` : known;
  }

  /**
   * @param {string} id
   * @param {string} attribute
   * @returns {any}
   */
  attribute(id, attribute) {
    const resource = this.resources[id];
    if (!resource) throw new Error(`${this.name} refers to ${id}, which it does not have`);
    if (resource.Type === 'AWS::CloudFormation::Stack') {
      return this.nested(id).output(attribute.replace(/^Outputs\./, ''));
    }
    if (resource.Type === 'AWS::AppSync::GraphQLApi') {
      if (attribute === 'ApiId') return 'local';
      if (attribute === 'GraphQLUrl') return `${HERE}/graphql`;
    }
    if (resource.Type === 'AWS::AppSync::DataSource' && attribute === 'Name') {
      return this.value(resource.Properties?.Name);
    }
    if (resource.Type === 'AWS::SQS::Queue') {
      if (attribute === 'QueueName') return lastOf(this.reference(id));
      if (attribute === 'QueueUrl') return this.reference(id);
    }
    if (resource.Type === 'AWS::Lambda::Url' && attribute === 'FunctionUrl') {
      const arn = this.value(resource.Properties?.TargetFunctionArn);
      return `${HERE}/functions/${arn.slice(arn.lastIndexOf(':') + 1)}/`;
    }
    if (attribute.endsWith('Arn') && Object.hasOwn(ARNS, resource.Type)) {
      return ARNS[resource.Type](this.reference(id), attribute);
    }
    return `${this.name}-${id}.${attribute}`;
  }

  /**
   * If a condition of this template holds.
   * @param {any} condition Its name, or the expression that it is.
   * @returns {boolean}
   */
  holds(condition) {
    if (typeof condition === 'string') return this.holds(this.template.Conditions[condition]);
    const [name, argument] = Object.entries(condition)[0];
    switch (name) {
      case 'Condition':
        return this.holds(argument);
      case 'Fn::Equals':
        return this.value(argument[0]) === this.value(argument[1]);
      case 'Fn::Not':
        return !this.holds(argument[0]);
      case 'Fn::And':
        return argument.every((/** @type {any} */ item) => this.holds(item));
      case 'Fn::Or':
        return argument.some((/** @type {any} */ item) => this.holds(item));
      default:
        throw new Error(`${this.name} has a condition with ${name}, which is not known here`);
    }
  }
}
