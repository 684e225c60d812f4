import { choices } from '../data/choices';
import { inSentence } from '../data/words';

/** By which value the records of a board are in its columns. */
export interface Lanes<Row, T extends string, None extends null> {
  /** What the value is called: "Status". */
  label: string;
  labels: Readonly<Record<T, string>>;
  of: (row: Row) => NoInfer<T> | null | undefined;
  /** Where records may have no value: what is saved then. */
  none?: None;
}

export interface Lane<Row, Value> {
  /** The value as text. */
  key: string;
  label: string;
  value: Value;
  rows: readonly Row[];
}

/** The columns of a board: one for each value, and first one for records without a value. */
export function toLanes<Row, T extends string, None extends null>(
  rows: readonly Row[],
  { label, labels, of, none }: Lanes<Row, T, None>,
): Lane<Row, T | None>[] {
  const lanes = choices(labels).map((value) => ({
    key: value,
    label: labels[value],
    value,
    rows: rows.filter((row) => of(row) === value),
  }));
  if (none === undefined) {
    return lanes;
  }
  const others = rows.filter((row) => (of(row) ?? null) === null);
  return [{ key: '', label: `No ${inSentence(label)}`, value: none, rows: others }, ...lanes];
}
