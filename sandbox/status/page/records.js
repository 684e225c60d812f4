// The part of the page that shows records, and changes them.
import { ask, at, attempt, make, say, show } from './kit.js';

/** @typedef {import('./kit.js').Json} Json */

/** What the table shows. */
export const view = { model: '', text: '', page: 0 };
/** @type {Json | null} The record in the dialog, as it was. */
let opened = null;

export async function drawRecords() {
  const search = /** @type {HTMLFormElement} */ (at('search'));
  const models = (await ask('overview')).models.map((/** @type {Json} */ { name }) => name);
  show('choice', models, () => {
    const options = models.map((/** @type {string} */ name) => make('option', {}, name));
    search.model.replaceChildren(...options);
  });
  if (!models.includes(view.model)) view.model = models[0] ?? '';
  search.model.value = view.model;
  if (!view.model) return;
  const content = await ask(`records?${new URLSearchParams({ ...view, page: String(view.page) })}`);
  show('records', [view.model, content], () => {
    const { identifier, columns, records, total, found, first, last } = content;
    view.page = content.page;
    const range = found ? `${first + 1}–${first + records.length} of ${found}` : 'none';
    at('count').textContent = found < total ? `${range}; ${total} in all` : range;
    at('columns').replaceChildren(
      ...[...identifier, ...columns].map((name) => make('th', { scope: 'col' }, name)),
    );
    at('rows').replaceChildren(
      ...records.map((/** @type {Json} */ record) => {
        const name = identifier.map((/** @type {string} */ field) => record[field]).join(' ');
        const open = make('button', { type: 'button', id: `open-${name}` }, name);
        open.addEventListener('click', () => openRecord(name, record));
        const cells = [...identifier.slice(1), ...columns].map((field) =>
          make('td', {}, brief(record[field])),
        );
        return make('tr', {}, make('td', {}, open), ...cells);
      }),
    );
    /** @type {HTMLButtonElement} */ (at('previous')).disabled = view.page === 0;
    /** @type {HTMLButtonElement} */ (at('next')).disabled = view.page >= last;
  });
}

/** @param {any} value */
function brief(value) {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '').replace(/^""$/, '');
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/**
 * @param {string} name
 * @param {Json} record
 */
function openRecord(name, record) {
  opened = record;
  at('record-title').textContent = `${view.model} ${name}`;
  at('wrong').textContent = '';
  /** @type {HTMLFormElement} */ (at('edit')).json.value = JSON.stringify(record, null, 2);
  /** @type {HTMLDialogElement} */ (at('record')).showModal();
}

/**
 * Changes the record in the dialog, which stays open with what is wrong if that fails.
 * @param {(before: Json) => Promise<string>} act
 */
async function changeRecord(act) {
  if (!opened) return;
  try {
    const done = await act(opened);
    await drawRecords();
    /** @type {HTMLDialogElement} */ (at('record')).close();
    say(done);
  } catch (error) {
    at('wrong').textContent = error instanceof Error ? error.message : String(error);
  }
}

at('search').addEventListener('submit', (event) => {
  event.preventDefault();
  const { model, text } = /** @type {HTMLFormElement} */ (event.target);
  Object.assign(view, { model: model.value, text: text.value, page: 0 });
  void attempt(() => drawRecords().then(() => at('count').textContent ?? ''));
});
for (const [id, step] of /** @type {const} */ ([
  ['previous', -1],
  ['next', 1],
])) {
  at(id).addEventListener('click', () => {
    view.page += step;
    void attempt(() => drawRecords().then(() => at('count').textContent ?? ''));
  });
}
at('edit').addEventListener('submit', (event) => {
  event.preventDefault();
  const { json } = /** @type {HTMLFormElement} */ (event.target);
  const { model } = view;
  void changeRecord(async (before) => {
    await ask('records/save', { model, before, record: JSON.parse(json.value) });
    return 'Saved.';
  });
});
at('delete').addEventListener('click', () => {
  const { model } = view;
  if (!confirm('Delete this record?')) return;
  void changeRecord(async (record) => {
    await ask('records/delete', { model, record });
    return 'Deleted.';
  });
});
at('close').addEventListener('click', () => {
  /** @type {HTMLDialogElement} */ (at('record')).close();
});
