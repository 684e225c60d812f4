// What all parts of the page use. Whatever comes from the backend is text, never markup.

/** @typedef {Record<string, any>} Json */

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @returns {T}
 */
export function at(id) {
  return /** @type {T} */ (document.getElementById(id));
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Partial<HTMLElementTagNameMap[K]>} properties
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/**
 * Asks the backend; with content, for a change.
 * @param {string} path
 * @param {Json} [content]
 */
export async function ask(path, content) {
  const options = content && { method: 'POST', body: JSON.stringify(content) };
  const response = await fetch(`status/${path}`, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

/** @param {string} text */
export function say(text) {
  at('said').textContent = text;
}

/**
 * Does what a person asked for, and says what became of it.
 * @param {() => Promise<string>} act
 */
export async function attempt(act) {
  try {
    say(await act());
  } catch (error) {
    say(`Not done: ${error instanceof Error ? error.message : error}`);
  }
}

// What is shown is replaced only when it changed, and the focus stays on what has the same id.
/** @type {Map<string, string>} */
const shown = new Map();

/**
 * @param {string} part
 * @param {any} content
 * @param {() => void} draw
 */
export function show(part, content, draw) {
  const text = JSON.stringify(content);
  if (shown.get(part) === text) return;
  shown.set(part, text);
  const focused = document.activeElement;
  draw();
  if (!focused || document.contains(focused)) return;
  const again = focused.id && document.getElementById(focused.id);
  (again || at(`${part}-title`)).focus();
}

/**
 * @param {HTMLElement} list
 * @param {(Node | string)[][]} items
 */
export function fill(list, items) {
  const made = items.map((item) => make('li', {}, ...item));
  list.replaceChildren(...(made.length ? made : [make('li', {}, 'none')]));
}
