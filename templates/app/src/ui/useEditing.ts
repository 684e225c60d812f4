import { useEffect, useMemo, useState } from 'react';

import type { Access } from '../data/access';
import type { GetRecord, RecordResult } from '../data/api';
import { useLive } from '../data/live';
import { toDate, type Moment } from '../data/newest';
import type { Source } from '../data/source';
import { changes } from './form';
import { goTo, useHashRoute } from './router';
import { valuesOf } from './scope';
import { useForm, type FormState } from './useForm';

/** Amplify dates each change. */
export interface Versioned {
  updatedAt?: Moment;
}

export interface Editable<Row, Input> {
  /** What one record is called: "article". */
  noun: string;
  source: Source<Row>;
  get: GetRecord<Row>;
  access: Access;
  read: (form: FormData) => Input;
  update: (id: string, changes: NoInfer<Partial<Input>>) => Promise<RecordResult<Row>>;
  /** Without it, records can be changed and not made. */
  create?: (input: Input) => Promise<RecordResult<Row>>;
  /** The part of the address that holds the record's id. */
  param?: string;
}

export interface Editing<Row> {
  form: FormState;
  /** The version that is changed; none while a new record is made. */
  base: Row | undefined;
  /** What the fields begin with; with another revision they begin anew. */
  start: { values: ReadonlyMap<string, unknown> | undefined; revision: number };
  restart: (values: ReadonlyMap<string, unknown>) => void;
  /** What others made of the record meanwhile, or that they deleted it. */
  conflict: { latest: Row | undefined } | undefined;
  /** Changes another version, with the fields as they are. */
  rebase: (row: Row) => void;
}

/** Changes a record, or makes one, and notices when others change it meanwhile. */
export function useEditing<Row extends Versioned, Input extends object>(
  { noun, source, get, read, update, create, param = 'id' }: Editable<Row, Input>,
  record: Row | undefined,
  onSaved: () => void,
): Editing<Row> {
  const { summarize, watch } = source;
  const { path } = useHashRoute();
  const [base, setBase] = useState(record);
  const [start, setStart] = useState<Editing<Row>['start']>({
    values: record && valuesOf(record),
    revision: 0,
  });
  const [createdId, setCreatedId] = useState<string>();
  const loaded = useMemo(() => (base ? [base] : []), [base]);
  const live = useLive(loaded, { summarize, watch, takesNew: false });
  const [latest] = live.rows;

  const change = async (before: Row, input: Input) => {
    const { id } = summarize(before);
    const { data: current } = await get(id);
    if (current && isNewer(current, before)) {
      live.put(current);
      throw new Error(`This ${noun} was changed meanwhile. Choose which version to keep.`);
    }
    return update(id, changes(input, before));
  };

  const form = useForm(async (data) => {
    const input = read(data);
    const result = base ? await change(base, input) : await create?.(input);
    if (result?.data) {
      live.put(result.data);
      setBase(result.data);
      setCreatedId(base ? undefined : summarize(result.data).id);
      onSaved();
    }
    return result ?? { data: null };
  });
  const { isDirty, isPending } = form;

  useEffect(() => {
    if (createdId !== undefined && !isDirty) {
      goTo(`${path}?${param}=${encodeURIComponent(createdId)}`);
    }
  }, [createdId, isDirty, path, param]);

  const isOutdated = base !== undefined && (latest === undefined || isNewer(latest, base));
  return {
    form,
    base,
    start,
    restart: (values) => setStart(({ revision }) => ({ values, revision: revision + 1 })),
    conflict: isOutdated && !isPending ? { latest } : undefined,
    rebase: setBase,
  };
}

function isNewer(one: Versioned, other: Versioned): boolean {
  return toDate(one.updatedAt).getTime() > toDate(other.updatedAt).getTime();
}
