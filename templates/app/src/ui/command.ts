import type { ComponentType } from 'react';

import type { Rule } from '../data/access';
import type { RecordResult } from '../data/api';

/** Something that can be done with a record beyond changing it: a mutation of the API. */
export interface Command {
  name: string;
  label: string;
  description?: string;
  /** Who may. */
  rules: readonly Rule[];
  /** The values that fields of the record must have; null for none. */
  when?: Readonly<Record<string, readonly unknown[]>>;
  /** Whether it is given at once, without a dialog. */
  isImmediate?: boolean;
  /** What it asks for. */
  Inputs?: ComponentType;
  /** The field of its result with the address of the page that comes next. */
  opens?: string;
  /** The page that shows the record which it returns, up to its key; and the field with that. */
  page?: string;
  key?: string;
  /** The field of its result with what there is to say. */
  says?: string;
  run: (id: string, form: FormData, record: object) => Promise<RecordResult<unknown>>;
}

/** What a page shows in a text field of a record. */
export function shownText(record: object, field: string): string {
  const shown: unknown = Reflect.get(record, field);
  if (typeof shown !== 'string') throw new Error(`This record has no ${field}`);
  return shown;
}

export function isOffered({ when = {} }: Command, record: object): boolean {
  const fields = new Map<string, unknown>(Object.entries(record));
  return Object.entries(when).every(([field, values]) =>
    values.includes(fields.get(field) ?? null),
  );
}

/** A text in the result of a command, if it has one there. */
export function answerOf(result: unknown, field: string | undefined): string | undefined {
  const fields = new Map<string, unknown>(Object.entries(result ?? {}));
  const text = field === undefined ? undefined : fields.get(field);
  return typeof text === 'string' && text ? text : undefined;
}
