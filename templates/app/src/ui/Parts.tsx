import type { Column } from './column';
import { Facts } from './Facts';
import { formatText } from './format';

interface PartsProps<Value> {
  value: Value | null | undefined;
  fields: readonly Column<Value>[];
}

/** A value that has parts, each with its label. */
export function Parts<Value>({ value, fields }: PartsProps<Value>) {
  return value ? <Facts record={value} fields={fields} /> : formatText(null);
}
