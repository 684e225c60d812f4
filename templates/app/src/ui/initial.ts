/** What `<input type="datetime-local">` shows for an ISO date or a number of seconds since 1970. */
export function toLocalInput(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') {
    return undefined;
  }
  const date = new Date(typeof value === 'number' ? value * 1000 : value);
  date.setMinutes(date.getMinutes() - date.getTimezoneOffset());
  return date
    .toISOString()
    .slice(0, -1)
    .replace(/(:00)?\.000$/, '');
}

/** What a text field shows for a value of the given input type. */
export function toInput(value: unknown, type: string): string | undefined {
  if (type === 'datetime-local') {
    return toLocalInput(value);
  }
  if (typeof value === 'number') {
    return String(value);
  }
  if (typeof value !== 'string') {
    return undefined;
  }
  // The API keeps times with seconds and a zone, which such an input does not take.
  return type === 'time' ? value.replace(/^(\d\d:\d\d(:\d\d)?).*$/, '$1') : value;
}

/** The items of a list, one per line. */
export function toLines(value: unknown): string | undefined {
  return Array.isArray(value) ? value.map(toLine).join('\n') : undefined;
}

function toLine(item: unknown): string {
  if (typeof item === 'boolean') {
    return item ? 'yes' : 'no';
  }
  return typeof item === 'string' || typeof item === 'number' ? String(item) : JSON.stringify(item);
}

/** The API gives JSON as text; people read it on several lines. */
export function toJsonInput(value: unknown): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (typeof value !== 'string') {
    return JSON.stringify(value, null, 2);
  }
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}
