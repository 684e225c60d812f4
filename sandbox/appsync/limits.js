// What AppSync's JavaScript does not know, as far as it shows in the words of a resolver's code.

const SKIPPED = /\/\/[^\n]*|\/\*[^]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/y;
const WORD = /[A-Za-z_$][\w$]*/y;
// What a value ends with: a slash after it divides, any other begins a regular expression.
const ENDS_VALUE = /[\w$)\]}'"`]\s*$/;

const REFUSED_WORDS = new Set([
  'async',
  'await',
  'catch',
  'class',
  'continue',
  'debugger',
  'do',
  'finally',
  'in',
  'instanceof',
  'this',
  'throw',
  'try',
  'while',
  'with',
  'yield',
]);

/**
 * @param {string} code
 * @returns {string | null} what of it AppSync would refuse
 */
export function refused(code) {
  const { words, rest } = taken(code);
  const word = words.find((item) => REFUSED_WORDS.has(item));
  if (word) return word;
  const sign = /\+\+|--|~/.exec(rest);
  if (sign) return sign[0];
  if (/\bfor\s*\([^)]*;/.test(rest)) return 'for (…; …; …)';
  return /\bfunction\s*\*/.test(rest) ? 'function*' : regex(code);
}

/**
 * The words of code, and the code itself, both without texts, comments and what belongs to names.
 * @param {string} code
 */
function taken(code) {
  const rest = plain(code)
    // `in` and `of` are part of these loops, and a word after a dot or before a colon is a name.
    .replace(/\bfor\s*\(\s*(?:const|let|var)\s+([\w$]+|[[{][^)]*?[\]}])\s+(?:in|of)\b/g, 'for (')
    .replace(/\.\s*[A-Za-z_$][\w$]*/g, '')
    .replace(/([{,]\s*)[A-Za-z_$][\w$]*\s*:/g, '$1');
  return { words: rest.match(/[A-Za-z_$][\w$]*/g) ?? [], rest };
}

/**
 * Code without comments, and with nothing in its texts but what templates put into them.
 * @param {string} code
 */
export function plain(code) {
  let made = '';
  // How many braces are open in each text that holds the present place.
  /** @type {number[]} */
  const texts = [];
  for (let at = 0; at < code.length;) {
    SKIPPED.lastIndex = at;
    WORD.lastIndex = at;
    const skipped = SKIPPED.exec(code);
    const word = WORD.exec(code);
    if (skipped) {
      made += skipped[0].startsWith('/') ? ' ' : "''";
      at += skipped[0].length;
    } else if (word) {
      made += word[0];
      at += word[0].length;
    } else if (code[at] === '`' || (code[at] === '}' && texts.at(-1) === 0)) {
      if (code[at] === '}') texts.pop();
      made += code[at] === '}' ? ")''" : "''";
      at = textEnd(code, at + 1);
      if (code[at - 1] === '{') {
        texts.push(0);
        made += '(';
      }
    } else {
      if (texts.length && code[at] === '{') texts[texts.length - 1] += 1;
      if (texts.length && code[at] === '}') texts[texts.length - 1] -= 1;
      made += code[at];
      at += 1;
    }
  }
  return made;
}

/**
 * Where a template's text ends: behind its last tick, or behind `${`.
 * @param {string} code
 * @param {number} from
 */
function textEnd(code, from) {
  for (let at = from; at < code.length; at += 1) {
    if (code[at] === '\\') at += 1;
    else if (code[at] === '`') return at + 1;
    else if (code[at] === '$' && code[at + 1] === '{') return at + 2;
  }
  return code.length;
}

/** @param {string} code */
function regex(code) {
  const text = plain(code);
  for (let at = text.indexOf('/'); at >= 0; at = text.indexOf('/', at + 1)) {
    if (!ENDS_VALUE.test(text.slice(0, at))) return 'a regular expression';
  }
  return null;
}
