// Which of a model's rules allowed or denied an operation, in words. The compiled templates decide;
// where what the rules say does not fit what came out, nothing is claimed.

/** @typedef {Record<string, any>} Json */

/**
 * A rule as the models' description has it.
 * @typedef {{allow: string, provider?: string, operations?: string[], groups?: string[],
 *   groupClaim?: string, groupsField?: string, ownerField?: string, identityClaim?: string}} Rule
 */

/**
 * Who asks: with the API key, as a guest, with a token (`user`), as a user by the identity pool
 * (`signed`), as a function, or as the account itself.
 * @typedef {{kind: 'key' | 'guest' | 'user' | 'signed' | 'function' | 'account', name: string,
 *   claims: Json}} Person
 */

/**
 * @typedef {object} Case
 * @property {string} model Or the operation that is called, if it is about none.
 * @property {Rule[]} rules
 * @property {'create' | 'update' | 'delete' | 'get' | 'list' | 'listen' | 'call'} operation
 * @property {Person} person
 * @property {'allowed' | 'denied' | 'failed'} outcome
 * @property {Json} input The fields that a mutation sets.
 * @property {Json[] | null} records Those that the operation was about, as they are kept: of
 *   something denied what is there or was to be, null if nothing is known of it.
 */

export const UNEXPLAINED = 'decided by the compiled rules';
const READING = ['get', 'list', 'listen'];
const ALL = ['create', 'update', 'delete', ...READING];
const USERNAME = 'cognito:username';

/** @type {Record<string, string>} What is in place of a provider that a rule does not name. */
const USUAL = { public: 'apiKey', private: 'userPools', owner: 'userPools', groups: 'userPools' };
/** @type {Record<string, string>} Who comes by a provider, if rules are for all of them. */
const KINDS = {
  'public apiKey': 'key',
  'public iam': 'guest',
  'public identityPool': 'guest',
  'private iam': 'signed',
  'private identityPool': 'signed',
  'private userPools': 'user',
};

/**
 * @param {Case} asked
 * @returns {string}
 */
export function explain({ model, rules, operation, person, outcome, input, records }) {
  const { name } = person;
  if (outcome === 'failed') return UNEXPLAINED;
  if (person.kind === 'account' || person.kind === 'function') {
    return outcome === 'allowed' ? `allowed: rules do not concern ${name}` : UNEXPLAINED;
  }
  const verb = READING.includes(operation) && operation !== 'listen' ? 'read' : operation;
  /** @param {Rule} rule */
  const said = (rule) => `${whom(rule)} may ${verb}`;
  const about = rules.filter((rule) => operationsOf(rule).includes(operation));
  const always = about.find((rule) => holdsAlways(rule, person));
  const maybe = about.filter((rule) => isOfRecords(rule) && mayHold(rule, person));
  /** @param {Json} record */
  const opened = (record) =>
    maybe.find((rule) => holdsFor(rule, person, record) || isTaken(rule, operation, record));

  if (outcome === 'denied') {
    if (always) return UNEXPLAINED;
    if (maybe.length === 0) return `denied: no rule of ${model} lets ${name} ${verb}`;
    if (!records?.length || records.some((record) => opened(record))) return UNEXPLAINED;
    return `denied: no rule of ${model} lets ${name} ${verb} this record`;
  }
  if (always) return `allowed: ${said(always)}`;
  if (maybe.length === 0) return UNEXPLAINED;
  if (READING.includes(operation) && (operation !== 'get' || !records?.length)) {
    if (!(records ?? []).every((record) => opened(record))) return UNEXPLAINED;
    return `allowed, filtered by record: ${maybe.map(said).join('; ')}`;
  }
  const [record] = records ?? [];
  // A rule whose field the operation itself changed may not have held before.
  const rule =
    record &&
    maybe.find(
      (one) =>
        holdsFor(one, person, record) &&
        (operation !== 'update' || !Object.hasOwn(input, fieldOf(one))),
    );
  return rule ? `allowed: ${said(rule)}` : UNEXPLAINED;
}

/** @param {Rule} rule */
function operationsOf({ operations }) {
  if (!operations) return ALL;
  return operations.includes('read') ? [...operations, ...READING] : operations;
}

/** @param {Rule} rule */
function providerOf({ allow, provider }) {
  return provider ?? USUAL[allow];
}

/**
 * If it depends on the record whom the rule concerns.
 * @param {Rule} rule
 */
function isOfRecords(rule) {
  return rule.allow === 'owner' || (rule.allow === 'groups' && !rule.groups);
}

/** @param {Rule} rule */
function fieldOf({ allow, ownerField, groupsField }) {
  return allow === 'owner' ? (ownerField ?? 'owner') : (groupsField ?? 'groups');
}

/**
 * If the rule concerns somebody whatever the record is.
 * @param {Rule} rule
 * @param {Person} person
 */
function holdsAlways(rule, person) {
  if (rule.allow !== 'groups') return KINDS[`${rule.allow} ${providerOf(rule)}`] === person.kind;
  const own = groupsOf(rule, person);
  return mayHold(rule, person) && (rule.groups ?? []).some((group) => own.includes(group));
}

/**
 * If there may be records for which the rule concerns somebody.
 * @param {Rule} rule
 * @param {Person} person
 */
function mayHold(rule, person) {
  if (person.kind !== 'user' || providerOf(rule) !== 'userPools') return false;
  return rule.allow === 'owner' || groupsOf(rule, person).length > 0;
}

/**
 * @param {Rule} rule
 * @param {Person} person
 * @param {Json} record
 */
function holdsFor(rule, person, record) {
  const wanted = rule.allow === 'owner' ? namesOf(rule, person) : groupsOf(rule, person);
  return listed(record[fieldOf(rule)]).some((value) => wanted.includes(value));
}

/**
 * If whoever makes a record becomes its owner, since it names none.
 * @param {Rule} rule
 * @param {Case['operation']} operation
 * @param {Json} record
 */
function isTaken(rule, operation, record) {
  return operation === 'create' && rule.allow === 'owner' && !record[fieldOf(rule)]?.length;
}

/**
 * @param {Rule} rule
 * @param {Person} person
 * @returns {unknown[]}
 */
function groupsOf({ groupClaim = 'cognito:groups' }, { claims }) {
  return listed(claims[groupClaim]);
}

/**
 * What an owner is called in records.
 * @param {Rule} rule
 * @param {Person} person
 * @returns {unknown[]}
 */
function namesOf({ identityClaim = USERNAME }, { claims }) {
  const username = claims.username ?? claims[USERNAME];
  /** @type {Json} */
  const known = { ...claims, username, [USERNAME]: username };
  if (identityClaim === USERNAME || identityClaim === 'username') {
    return [`${claims.sub}::${username}`, claims.sub, username];
  }
  return [
    identityClaim
      .split('::')
      .map((claim) => known[claim])
      .join('::'),
  ];
}

/** @param {Rule} rule */
function whom(rule) {
  const { allow, groups } = rule;
  if (allow === 'owner') return `owner (${fieldOf(rule)})`;
  if (allow === 'groups') {
    return groups ? `groups ${groups.join(', ')}` : `groups named in ${fieldOf(rule)}`;
  }
  if (allow === 'private') return 'everybody who is signed in';
  return providerOf(rule) === 'apiKey' ? 'everybody with the API key' : 'guests';
}

/**
 * @param {unknown} value
 * @returns {unknown[]}
 */
function listed(value) {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
