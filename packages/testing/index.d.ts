/** A field of a model, or a relation; `target` is the model, enum or type that it refers to. */
export interface Field {
  name: string;
  type: string;
  required: boolean;
  array: boolean;
  target: string;
}

export interface Model {
  name: string;
  fields: Field[];
}

/**
 * The models of an application: the pattern's, with what ace adds, or those of a template that
 * takes the place of the data schema.
 */
export interface Schema {
  models: Model[];
}

export interface Place {
  line: number;
  column: number;
}

/** What there is to say of a pattern, and where. */
export interface Diagnostic {
  code: string;
  name: string;
  severity: 'error' | 'warning';
  message: string;
  hint: string | null;
  file: string | null;
  start: Place | null;
  end: Place | null;
}

/** A step of a test. */
export interface Stage {
  name: string;
  outcome: 'passed' | 'failed' | 'skipped';
  seconds: number;
  summary: string;
  details: string;
}

export interface Generated {
  schema: Schema;
  /** The texts of all files of the application, by path. */
  files: Record<string, string>;
  diagnostics: Diagnostic[];
  /** What was given and is no parameter of the pattern. */
  notes: string[];
}

export interface Deployment {
  /**
   * The CloudFormation type of each resource, sorted. A table of Amplify's is there twice: as
   * `Custom::AmplifyDynamoDBTable`, and as the `AWS::DynamoDB::Table` that comes of it.
   */
  resources: string[];
  schema: Schema;
  diagnostics: Diagnostic[];
  notes: string[];
}

/** A pattern cannot be tested: it has errors, a tool failed, or `ace` is missing. */
export class PatternTestError extends Error {
  /** The exit code of `ace`; null when it did not run. */
  readonly code: number | null;
  readonly diagnostics: Diagnostic[];
  readonly stages: Stage[];
}

/**
 * Generates the application of a pattern, named or in a file, into a temporary folder. `config`
 * holds values of its parameters, and what its generators get.
 *
 * @throws {PatternTestError}
 */
export function testPattern(name: string, config?: Record<string, unknown>): Promise<Generated>;

export namespace testPattern {
  /**
   * Synthesizes the backend of a pattern without an AWS account. It takes some seconds.
   *
   * @throws {PatternTestError}
   */
  function deploy(name: string, config?: Record<string, unknown>): Promise<Deployment>;
}
