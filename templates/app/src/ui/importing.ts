import type { RecordResult } from '../data/api';
import { parseCsv } from './csvReader';
import { FieldError } from './form';

/** How the cells of one column become a field. */
export interface ImportField {
  name: string;
  label: string;
  /** A switch, or several values with semicolons between them; otherwise the text as it is. */
  kind?: 'flag' | 'list';
  /** The values of an enum: they may also be written as people read them. */
  labels?: Readonly<Record<string, string>>;
}

/** How records of a model come out of the rows of a file. */
export interface Importing {
  fields: readonly ImportField[];
  /** Makes the data of a form a call that saves a record; throws what is wrong with the data. */
  prepare: (form: FormData) => () => Promise<RecordResult<unknown>>;
}

interface Source<Input> {
  fields: readonly ImportField[];
  read: (form: FormData) => Input;
  create: (input: Input) => Promise<RecordResult<unknown>>;
}

export function importing<Input>({ fields, read, create }: Source<Input>): Importing {
  const prepare = (form: FormData) => {
    const input = read(form);
    return () => create(input);
  };
  return { fields, prepare };
}

export interface ImportRow {
  /** Its number in the file, as spreadsheets count. */
  line: number;
  save?: () => Promise<RecordResult<unknown>>;
  /** What is wrong with it. */
  problem?: string;
}

export interface ImportPlan {
  rows: ImportRow[];
  used: string[];
  ignored: string[];
}

/** Reads a file: which rows can be saved, and what is wrong with the others. */
export function planImport(text: string, { fields, prepare }: Importing): ImportPlan {
  const [headers = [], ...lines] = parseCsv(text);
  const columns = headers.map((header) => fields.find((field) => isNamed(field, header)));
  const known = columns.filter((column) => column !== undefined);
  if (known.length === 0) {
    const names = fields.map(({ label }) => label).join(', ');
    throw new Error(`The first line names no field. It can have: ${names}.`);
  }
  const rows = lines
    .map((cells, index) => ({ cells, line: index + 2 }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .map(({ cells, line }): ImportRow => {
      try {
        return { line, save: prepare(toForm(columns, cells)) };
      } catch (cause) {
        return { line, problem: explain(cause, fields) };
      }
    });
  return {
    rows,
    used: known.map(({ label }) => label),
    ignored: headers.filter((_, index) => columns[index] === undefined),
  };
}

function isNamed({ name, label }: ImportField, header: string): boolean {
  const wanted = header.trim().toLowerCase();
  return wanted === label.toLowerCase() || wanted === name.toLowerCase();
}

function toForm(columns: readonly (ImportField | undefined)[], cells: readonly string[]): FormData {
  const form = new FormData();
  columns.forEach((column, index) => {
    // An export puts an apostrophe before what a spreadsheet would take for a formula.
    const cell = (cells[index] ?? '').trim().replace(/^'(?=[=+\-@])/, '');
    if (column && cell !== '') {
      put(form, column, cell);
    }
  });
  return form;
}

function put(form: FormData, { name, kind, labels }: ImportField, cell: string): void {
  const values = kind === 'list' ? cell.split(';').map((part) => part.trim()) : [cell];
  const known = values.map((value) => keyOf(labels, value));
  if (kind === 'flag') {
    if (/^(true|yes|1|x)$/i.test(cell)) {
      form.append(name, 'on');
    } else if (!/^(false|no|0)$/i.test(cell)) {
      throw new FieldError(name, 'Write yes or no.');
    }
  } else if (kind === 'list' && labels === undefined) {
    form.append(name, known.join('\n'));
  } else {
    known.forEach((value) => form.append(name, value));
  }
}

function keyOf(labels: ImportField['labels'] = {}, value: string): string {
  const wanted = value.toLowerCase();
  const found = Object.entries(labels).find(([, label]) => label.toLowerCase() === wanted);
  return Object.hasOwn(labels, value) ? value : (found?.[0] ?? value);
}

function explain(cause: unknown, fields: readonly ImportField[]): string {
  if (cause instanceof FieldError) {
    const label = fields.find(({ name }) => name === cause.field)?.label ?? cause.field;
    return `${label}: ${cause.message}`;
  }
  return cause instanceof Error ? cause.message : 'This is not valid.';
}
