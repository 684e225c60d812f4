/** A label as it stands in a sentence: with a small letter, unless it begins with an acronym. */
export function inSentence(label: string): string {
  return /^\p{Lu}[\p{Lu}\d]/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}
