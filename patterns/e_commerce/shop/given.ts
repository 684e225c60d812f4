// What people give functions, checked as the API checks what it writes itself.

/** A text that is there, and not too long. */
export function text(name: string, given: string, most: number) {
  if (!given.trim()) throw new Error(`The ${name} is empty`);
  if (given.length > most) throw new Error(`The ${name} is longer than ${most} characters`);
  return given;
}

/** A number that is not negative. */
export function amount(name: string, given: number) {
  if (!Number.isFinite(given) || given < 0) throw new Error(`The ${name} cannot be ${given}`);
  return given;
}
