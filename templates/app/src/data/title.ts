import { isChoice } from './choices';
import { dayOf, type Moment } from './days';
import { inSentence } from './words';

type Known<T> = T | null | undefined;

/** What a record is called that has no title: "Order 2026-11-21, pending". */
export function described(noun: string, at: Moment, fact?: string): string | undefined {
  const day = dayOf(at);
  const named = day === undefined ? noun : `${noun} ${day}`;
  if (fact === undefined) {
    return day === undefined ? undefined : named;
  }
  return `${named}, ${fact}`;
}

/** The label of a choice as it stands in a sentence. */
export function chosen<T extends string>(
  value: Known<T>,
  labels: Readonly<Record<T, string>>,
): string | undefined {
  // A value that the application does not know yet has no label.
  return value && isChoice(labels, value) ? inSentence(labels[value]) : undefined;
}

/** A number with what it is one of: "quantity 2". */
export function counted(value: Known<number>, label: string): string | undefined {
  return value === null || value === undefined ? undefined : `${label} ${value.toLocaleString()}`;
}

/** The first of some texts that says something. */
export function firstOf(...texts: Known<string>[]): Known<string> {
  return texts.find((text) => text);
}
