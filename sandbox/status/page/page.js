// The page that shows a local backend: its parts, and which of them is seen.
import { ask, at, attempt, fill, make, say, show } from './kit.js';
import { drawRecords, view } from './records.js';

/** @typedef {import('./kit.js').Json} Json */

const PARTS = ['overview', 'users', 'requests', 'records'];
const SECOND = 1000;

/** @param {Json} user */
function opener({ name, address }) {
  if (!address) return make('span', {}, name);
  return make('a', { href: address, target: '_blank', rel: 'noreferrer' }, `Open as ${name}`);
}

async function drawOverview() {
  const [content, { users }] = await Promise.all([ask('overview'), ask('users')]);
  show('overview', [content, users], () => {
    const { front, graphql, auth, models, functions, storage } = content;
    const facts = [
      ['Application', front ?? 'not served here'],
      ['GraphQL', graphql],
      ['Sign-in', auth.join(', ')],
    ];
    at('facts').replaceChildren(
      ...facts.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)]),
    );
    fill(
      at('people'),
      users.map((/** @type {Json} */ user) => [opener(user)]),
    );
    at('models').replaceChildren(
      ...models.map((/** @type {Json} */ { name, records }) => {
        const link = make('a', { href: `#records/${encodeURIComponent(name)}` }, name);
        const count = make('td', { className: 'number' }, String(records));
        return make('tr', {}, make('th', { scope: 'row' }, link), count);
      }),
    );
    fill(
      at('functions'),
      functions.map((/** @type {Json} */ { name, address, schedules }) => {
        const more = [address, ...schedules].filter(Boolean);
        return [more.length ? `${name}: ${more.join(', ')}` : name];
      }),
    );
    fill(
      at('storage'),
      storage.map((/** @type {Json} */ { bucket, path, access }) => [
        `${bucket}: ${path} (${access.join('; ')})`,
      ]),
    );
  });
}

/** @param {string} text */
function groupsIn(text) {
  return text
    .split(',')
    .map((group) => group.trim())
    .filter(Boolean);
}

/** @param {Json} user */
function account(user) {
  const { sub, name, groups, confirmed, code } = user;
  const input = make('input', {
    value: groups.join(', '),
    id: `groups-${sub}`,
    autocomplete: 'off',
  });
  const title = make('h3', {}, name);
  const form = make(
    'form',
    {},
    make('label', {}, `Groups of ${name}`, input),
    make('button', { id: `save-${sub}` }, `Save groups of ${name}`),
    make('button', { type: 'button', id: `remove-${sub}` }, `Remove ${name}`),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void attempt(async () => {
      await ask('users/groups', { sub, groups: groupsIn(input.value) });
      await drawUsers();
      return `Saved. ${name} has these groups from the next sign-in.`;
    });
  });
  form.querySelector('[type=button]')?.addEventListener('click', () => {
    if (!confirm(`Remove ${name}?`)) return;
    void attempt(async () => {
      await ask('users/remove', { sub });
      await drawUsers();
      return `Removed ${name}.`;
    });
  });
  const notes = [
    ...(confirmed ? [] : ['not confirmed yet']),
    ...(code ? [`the code sent to them: ${code}`] : []),
  ];
  const links = user.address ? [make('p', {}, opener(user))] : [];
  return make('li', {}, title, make('p', {}, notes.join('; ')), ...links, form);
}

async function drawUsers() {
  const content = await ask('users');
  show('users', content, () => {
    const { groups, password, users } = content;
    const known = groups.length ? `The groups of this backend: ${groups.join(', ')}. ` : '';
    at('groups').textContent = `${known}Users made here have the password ${password}.`;
    at('accounts').replaceChildren(...users.map(account));
  });
}

let newest = 0;

async function drawRequests() {
  /** @type {Json[]} */
  const told = await ask(`requests?after=${newest}`);
  // Somebody else may have asked at the same time.
  const entries = told.filter(({ id }) => id > newest);
  if (entries.length === 0) return;
  newest = entries[0].id;
  const rows = entries.map(({ time, who, operation, rule, result, milliseconds }) => {
    const moment = make('time', { dateTime: time }, new Date(time).toLocaleTimeString());
    const className = /^(?:allowed|denied)/.exec(rule)?.[0] ?? '';
    return make(
      'tr',
      {},
      make('td', {}, moment),
      make('td', {}, who),
      make('td', {}, operation),
      make('td', { className }, rule),
      make('td', {}, result),
      make('td', { className: 'number' }, String(milliseconds)),
    );
  });
  const body = at('entries');
  body.prepend(...rows);
  while (body.children.length > 200) body.lastElementChild?.remove();
}

at('add').addEventListener('submit', (event) => {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const { value: name } = /** @type {HTMLInputElement} */ (form.elements.namedItem('name'));
  void attempt(async () => {
    await ask('users/add', { name, groups: groupsIn(form.groups.value) });
    form.reset();
    await drawUsers();
    return `Added ${name}.`;
  });
});

/** @type {Record<string, () => Promise<void>>} */
const DRAW = {
  overview: drawOverview,
  users: drawUsers,
  requests: drawRequests,
  records: drawRecords,
};
let part = '';

/** @param {boolean} isAsked If a person went there. */
function turn(isAsked) {
  const [name, model] = location.hash.slice(1).split('/');
  part = PARTS.includes(name) ? name : 'overview';
  if (model) Object.assign(view, { model: decodeURIComponent(model), text: '', page: 0 });
  for (const one of PARTS) at(one).hidden = one !== part;
  for (const link of document.querySelectorAll('nav a')) {
    if (link.getAttribute('href') === `#${part}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  say('');
  if (isAsked) at(`${part}-title`).focus();
  void refresh();
}

let isAlive = true;

async function refresh() {
  try {
    await DRAW[part]();
    if (!isAlive) say('');
    isAlive = true;
  } catch {
    isAlive = false;
    say('The backend does not answer.');
  }
}

/** What others do is seen a second later; records stay as they are while somebody reads them. */
async function follow() {
  if (!document.hidden && part !== 'records' && !isEditing()) await refresh();
  setTimeout(follow, SECOND);
}

function isEditing() {
  return document.activeElement instanceof HTMLInputElement;
}

addEventListener('hashchange', () => turn(true));
turn(false);
void follow();
