/** What was written and not saved: the values of fields by name, and when. */
export interface Draft {
  at: string;
  values: Readonly<Record<string, unknown>>;
}

const PREFIX = 'draft:';

/** The draft that this browser keeps under a key. */
export function readDraft(key: string): Draft | undefined {
  try {
    const draft: unknown = JSON.parse(localStorage.getItem(PREFIX + key) ?? 'null');
    return isDraft(draft) ? draft : undefined;
  } catch {
    return undefined;
  }
}

export function keepDraft(key: string, values: Draft['values']): void {
  const draft: Draft = { at: new Date().toISOString(), values };
  // A field that was emptied is null; left out, it would come back.
  const text = JSON.stringify(draft, (_, value: unknown) => value ?? null);
  try {
    localStorage.setItem(PREFIX + key, text);
  } catch {
    // The storage is full or forbidden: there is no draft then.
  }
}

export function dropDraft(key: string): void {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // What cannot be written was not kept either.
  }
}

/** Leaves nothing of what was written to whoever uses this browser next. */
export function dropAllDrafts(): void {
  try {
    Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .forEach((key) => localStorage.removeItem(key));
  } catch {
    // As above.
  }
}

function isDraft(value: unknown): value is Draft {
  return (
    typeof value === 'object' &&
    value !== null &&
    'at' in value &&
    typeof value.at === 'string' &&
    'values' in value &&
    typeof value.values === 'object' &&
    value.values !== null
  );
}
