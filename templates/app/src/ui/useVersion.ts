import { useState } from 'react';

import type { GetRecord, RecordResult } from '../data/api';
import { changes } from './form';
import { valuesOf } from './scope';

interface Versioned<Row, Changes> {
  id: string;
  /** What one record is called: "order". */
  noun: string;
  get: GetRecord<Row>;
  read: (form: FormData) => Changes;
  update: (id: string, changes: NoInfer<Partial<Changes>>) => Promise<RecordResult<Row>>;
}

export interface Version<Row> {
  save: (form: FormData) => Promise<RecordResult<Row>>;
  /** What the fields begin with; with another revision they begin anew. */
  start: { values: ReadonlyMap<string, unknown>; revision: number };
  /** What others made of the record meanwhile. */
  latest: Row | undefined;
  /** Begins with that anew. */
  take: (row: Row) => void;
  /** Saves over it. */
  keep: (row: Row) => void;
}

/** The version of a record that a form changes; what others changed is not overwritten unasked. */
export function useVersion<Row extends object, Changes extends object>(
  record: Row,
  { id, noun, get, read, update }: Versioned<Row, Changes>,
): Version<Row> {
  const [base, setBase] = useState(record);
  const [seen, setSeen] = useState(record);
  const [latest, setLatest] = useState<Row>();
  const [start, setStart] = useState({ values: valuesOf(record), revision: 0 });

  const begin = (row: Row) => {
    setBase(row);
    setSeen(row);
    setLatest(undefined);
  };

  const save = async (form: FormData) => {
    const wanted = changes(read(form), base);
    const { data: current } = await get(id);
    if (current && differ(current, seen, Object.keys(wanted))) {
      setLatest(current);
      throw new Error(`This ${noun} was changed meanwhile. Choose which version to keep.`);
    }
    const result = await update(id, wanted);
    if (result.data) {
      begin(result.data);
    }
    return result;
  };

  return {
    save,
    start,
    latest,
    take: (row) => {
      begin(row);
      setStart(({ revision }) => ({ values: valuesOf(row), revision: revision + 1 }));
    },
    keep: (row) => {
      setSeen(row);
      setLatest(undefined);
    },
  };
}

function differ(one: object, other: object, fields: readonly string[]): boolean {
  const [before, after] = [valuesOf(one), valuesOf(other)];
  const textOf = (value: unknown) => JSON.stringify(value ?? null);
  return fields.some((field) => textOf(before.get(field)) !== textOf(after.get(field)));
}
