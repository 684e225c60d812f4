/** The values of an enum, in their order. */
export function choices<T extends string>(labels: Readonly<Record<T, string>>): T[] {
  return Object.keys(labels).filter((value) => isChoice(labels, value));
}

export function isChoice<T extends string>(
  labels: Readonly<Record<T, string>>,
  value: string,
): value is T {
  return Object.hasOwn(labels, value);
}
