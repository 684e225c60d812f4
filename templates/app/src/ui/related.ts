import type { Belonging } from '../data/belonging';
import type { Column } from './column';
import type { Actions } from './RecordActions';

/** What belongs to a record by one relation, as its page lists it. */
export interface RelatedList<Row> {
  title: string;
  belonging: Belonging<Row>;
  fields: readonly Column<Row>[];
  /** Whether the form for a new record asks to what it belongs. */
  isGiven?: boolean;
}

/** The same actions, where the form for a new record begins with some values. */
export function beginningWith(
  { createHref, ...actions }: Actions,
  values: Readonly<Record<string, string | number>>,
): Actions {
  const given = Object.entries(values).map(([name, value]) => [name, String(value)]);
  const query = new URLSearchParams(given).toString();
  if (createHref === undefined) {
    return actions;
  }
  const separator = createHref.includes('?') ? '&' : '?';
  return { ...actions, createHref: createHref + separator + query };
}
