// Answers as S3 writes them.

/** @typedef {string | number | boolean | Part[]} Content */
/** @typedef {[name: string, content: Content]} Part */

/**
 * A document with one element at its top.
 * @param {string} name
 * @param {Part[]} parts
 */
export function xml(name, parts) {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(name, parts)}`;
}

/**
 * @param {string} name
 * @param {Content} content
 * @returns {string}
 */
function element(name, content) {
  const inner = Array.isArray(content)
    ? content.map(([part, value]) => element(part, value)).join('')
    : escaped(String(content));
  return `<${name}>${inner}</${name}>`;
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"'\x00-\x1f]/g, (character) => `&#${character.codePointAt(0)};`);
}
