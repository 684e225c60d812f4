import type { Access, Rule } from './access';
import { titleOf, type GetRecord, type RecordResult, type Summarize } from './api';
import type { Belonging } from './belonging';
import { throwErrors } from './failure';
import { joinKey } from './key';
import { collect } from './useAll';

/** How a record is related to any number of others: by records of a model between the two. */
export interface Links<Link> {
  /** The fields of the key of the record. */
  own: readonly string[];
  /** Who may see the links. */
  rules: readonly Rule[];
  access: Access;
  belonging: Belonging<Link>;
  summarize: Summarize<Link>;
  /** The key of the other record. */
  target: (link: Link) => string;
  create: (key: string, target: string) => Promise<RecordResult<Link>>;
  /** Without it, links can be made and not taken away. */
  remove?: (id: string) => Promise<RecordResult<unknown>>;
}

/** A related record, and the link to it once that is saved. */
export interface Linked<Link> {
  id: string;
  title: string;
  link?: Link;
}

export interface Target<Row> {
  get: GetRecord<Row>;
  summarize: Summarize<Row>;
}

/** The key of the record whose fields these are. */
export function ownKey(own: readonly string[], values: ReadonlyMap<string, unknown>): string {
  const parts = own.map((field) => String(values.get(field)));
  return parts.length === 1 ? parts.join('') : joinKey(...parts);
}

/** Loads the records to which one is related; those that cannot be read are called by their key. */
export async function linkedTo<Link, Row>(
  key: string,
  { belonging, target }: Links<Link>,
  { get, summarize }: Target<Row>,
): Promise<readonly Linked<Link>[]> {
  const { rows } = await collect((page) => belonging.list(key, page));
  const linked = await Promise.all(
    rows.map(async (link) => {
      const id = target(link);
      const { data } = await get(id);
      return { id, title: data ? titleOf(summarize(data)) : id, link };
    }),
  );
  return linked.toSorted((one, other) => one.title.localeCompare(other.title));
}

export async function makeLink<Link>(
  { create }: Links<Link>,
  key: string,
  item: Linked<Link>,
): Promise<Linked<Link>> {
  const result = await create(key, item.id);
  throwErrors(result);
  return result.data ? { ...item, link: result.data } : item;
}

export async function dropLink<Link>(
  { remove, summarize }: Links<Link>,
  { link }: Linked<Link>,
): Promise<void> {
  if (link && remove) {
    throwErrors(await remove(summarize(link).id));
  }
}
