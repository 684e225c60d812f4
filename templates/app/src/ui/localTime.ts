/** What `<input type="datetime-local">` shows for an ISO date or a number of seconds since 1970. */
export function toLocalInput(value: string | number | undefined): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  const date = new Date(typeof value === 'number' ? value * 1000 : value);
  date.setMinutes(date.getMinutes() - date.getTimezoneOffset());
  return date.toISOString().slice(0, 16);
}
