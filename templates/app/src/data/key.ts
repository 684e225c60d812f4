/** Writes the parts of a composite identifier as one text that fits into an address. */
export function joinKey(...parts: (string | number)[]): string {
  return parts.map((part) => encodeURIComponent(part)).join('/');
}

export function keyPart(key: string, index: number): string {
  return decodeURIComponent(key.split('/')[index] ?? '');
}
