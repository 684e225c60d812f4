import { isChoice } from '../data/choices';

/** Turns the text of a field into the value the API expects, or throws what is wrong with it. */
export type Parser<T> = (value: string) => T;

export class FieldError extends Error {
  readonly field: string;

  constructor(field: string, problem: string) {
    super(problem);
    this.name = 'FieldError';
    this.field = field;
  }
}

export function required<T>(form: FormData, name: string, parser: Parser<T>): T {
  const value = read(form, name);
  if (value === '') {
    throw new FieldError(name, 'This field is required.');
  }
  return parse(name, value, parser);
}

export function optional<T>(form: FormData, name: string, parser: Parser<T>): T | undefined {
  const value = read(form, name);
  return value === '' ? undefined : parse(name, value, parser);
}

export function flag(form: FormData, name: string): boolean {
  return form.has(name);
}

/** One value per line; empty lines are left out. */
export function lines<T>(form: FormData, name: string, parser: Parser<T>): T[] {
  return read(form, name)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => parse(name, line, parser));
}

export function selected<T>(form: FormData, name: string, parser: Parser<T>): T[] {
  return readAll(form, name).map((value) => parse(name, value, parser));
}

/** What differs from a record. A field that was emptied loses its value: the API takes null. */
export function changes<Input extends object>(input: Input, record: object): Partial<Input>;
export function changes(input: object, record: object): object {
  const before = new Map<string, unknown>(Object.entries(record));
  return Object.fromEntries(
    Object.entries(input)
      .map(([name, value]: [string, unknown]) => [name, value ?? null] as const)
      .filter(
        ([name, value]) => JSON.stringify(value) !== JSON.stringify(before.get(name) ?? null),
      ),
  );
}

/** The fields inside `<Group name={name}>`. */
export function group<T>(form: FormData, name: string, reader: (part: FormData) => T): T {
  return readPart(form, name, reader);
}

/** Like `group`, but `undefined` when all its fields are empty. */
export function optionalGroup<T>(
  form: FormData,
  name: string,
  reader: (part: FormData) => T,
): T | undefined {
  const isEmpty = Array.from(partOf(form, name).values()).every((value) => value === '');
  return isEmpty ? undefined : readPart(form, name, reader);
}

/** The fields inside each entry of `<Groups name={name}>`. */
export function groups<T>(form: FormData, name: string, reader: (part: FormData) => T): T[] {
  return readAll(form, name).map((entry) => readPart(form, `${name}.${entry}`, reader));
}

export const text: Parser<string> = (value) => value;

export const integer: Parser<number> = (value) => {
  const result = Number(value);
  if ((result | 0) !== result) {
    throw new Error('Enter a whole number between −2,147,483,648 and 2,147,483,647.');
  }
  return result;
};

export const decimal: Parser<number> = (value) => {
  const result = Number(value);
  if (!Number.isFinite(result)) {
    throw new Error('Enter a number.');
  }
  return result;
};

export const time: Parser<string> = (value) => (/^\d\d:\d\d$/.test(value) ? `${value}:00` : value);

export const dateTime: Parser<string> = (value) => toDate(value).toISOString();

export const timestamp: Parser<number> = (value) => Math.floor(toDate(value).getTime() / 1000);

export const yesOrNo: Parser<boolean> = (value) => {
  const word = value.toLowerCase();
  if (word !== 'yes' && word !== 'no') {
    throw new Error('Write yes or no.');
  }
  return word === 'yes';
};

export const phone: Parser<string> = (value) => {
  const result = value.replace(/[\s().-]/g, '');
  if (!/^\+?\d{3,15}$/.test(result)) {
    throw new Error('Enter a phone number such as +1 555 010 0100.');
  }
  return result;
};

/** The present moment as the API takes it. */
export function now(): string {
  return new Date().toISOString();
}

/** The key of a new record, where it must be known before the record is saved. */
export function newId(): string {
  return crypto.randomUUID();
}

/** The API takes JSON as text. */
export const json: Parser<string> = (value) => {
  try {
    return JSON.stringify(JSON.parse(value));
  } catch {
    throw new Error('Enter valid JSON.');
  }
};

export function oneOf<T extends string>(labels: Readonly<Record<T, string>>): Parser<T> {
  return (value) => {
    if (!isChoice(labels, value)) {
      throw new Error('Choose one of the options.');
    }
    return value;
  };
}

function read(form: FormData, name: string): string {
  return readAll(form, name)[0]?.trim() ?? '';
}

function readAll(form: FormData, name: string): string[] {
  return form.getAll(name).filter((value) => typeof value === 'string');
}

function parse<T>(name: string, value: string, parser: Parser<T>): T {
  try {
    return parser(value);
  } catch (cause) {
    throw new FieldError(name, cause instanceof Error ? cause.message : 'This is not valid.');
  }
}

function toDate(value: string): Date {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) {
    throw new Error('Enter a date and time.');
  }
  return date;
}

function partOf(form: FormData, name: string): FormData {
  const prefix = `${name}.`;
  const part = new FormData();
  for (const [key, value] of form) {
    if (key.startsWith(prefix)) {
      part.append(key.slice(prefix.length), value);
    }
  }
  return part;
}

function readPart<T>(form: FormData, name: string, reader: (part: FormData) => T): T {
  try {
    return reader(partOf(form, name));
  } catch (cause) {
    throw cause instanceof FieldError
      ? new FieldError(`${name}.${cause.field}`, cause.message)
      : cause;
  }
}
