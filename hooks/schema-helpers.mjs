/**
 * What generators in JavaScript find as global functions; their own of the same name count first.
 *
 * @typedef {{ name: string, fields: { name: string, type?: string }[] }} Model
 */

/** What other words for types mean; all else is taken for a type of the format. */
const TYPES = {
  any: 'json',
  array: 'json',
  bool: 'boolean',
  bigint: 'integer',
  date: 'date',
  decimal: 'float',
  double: 'float',
  int: 'integer',
  long: 'integer',
  number: 'float',
  object: 'json',
  text: 'string',
  uuid: 'id',
  varchar: 'string',
};

/** What a record of a source holds that says nothing of its fields. */
const UNKNOWN = [
  { name: 'data', type: 'json', required: true },
  { name: 'recordedAt', type: 'datetime', required: true },
];

/** Return the helpers for a run; `context` tells the models that the pattern has itself. */
export function helpers(context) {
  return {
    generateFieldsFromSchema,
    generateOptimalIndexes,
    generateRelationships: (models) => generateRelationships(models, context?.models ?? []),
    generateAuthRules,
  };
}

/**
 * Return the fields that a schema describes: a list of names or `{name, type}`, or an object of
 * names to types or `{type}`. With `properties` it is read as a JSON Schema. A text whose name ends
 * in `Id` is a key. Without a schema a record holds its data as JSON, and when it was recorded.
 */
function generateFieldsFromSchema(schema) {
  if (schema === undefined || schema === null) {
    return UNKNOWN.map((field) => ({ ...field }));
  }
  if (schema.properties && typeof schema.properties === 'object') {
    const required = new Set(schema.required ?? []);
    return Object.entries(schema.properties).map(([name, value]) =>
      field(name, { ...value, ...(required.has(name) && { required: true }) }),
    );
  }
  const entries = Array.isArray(schema)
    ? schema.map((item) => (typeof item === 'string' ? [item, 'string'] : [item.name, item]))
    : Object.entries(schema);
  return entries.map(([name, value]) => field(name, value));
}

function field(name, value) {
  const stated = typeof value === 'string' ? { type: value } : value;
  if (Array.isArray(stated.enum)) {
    const { enum: values, type: _, ...others } = stated;
    return { ...others, name, type: 'enum', values };
  }
  const { type = 'string', format, ...others } = stated;
  const meant = { date: 'date', 'date-time': 'datetime', email: 'email', uri: 'url', uuid: 'id' };
  const known = meant[format] ?? TYPES[String(type).toLowerCase()] ?? type;
  const isKey = known === 'string' && /[a-z0-9](Id|_id)$/.test(name);
  return { ...others, name, type: isKey ? 'id' : known };
}

/**
 * Return the indexes for query patterns: a field's name, several names (the first is the key, the
 * others sort) as a list or as `a+b`, or `{field, sortKeys}`. The same one is made once.
 */
function generateOptimalIndexes(queryPatterns) {
  const found = new Map();
  for (const item of queryPatterns ?? []) {
    const names = typeof item === 'string' ? item.split('+').map((name) => name.trim()) : item;
    const [first, ...others] = Array.isArray(names)
      ? names
      : [item.field, ...[item.sortKeys ?? item.sort_keys ?? item.sortBy ?? []].flat()];
    const index = others.length ? { field: first, sort_keys: others } : { field: first };
    found.set([first, ...others].join('+'), index);
  }
  return [...found.values()];
}

/**
 * Return a `belongsTo` for each field whose name is that of a model with `Id` behind it:
 * `customerId` belongs to `Customer`, or to `customerData`. The models of the pattern count, too.
 */
function generateRelationships(models, others) {
  const names = new Map();
  for (const { name } of [...others, ...(models ?? [])]) {
    names.set(name.toLowerCase(), name);
    names.set(name.replace(/Data$/, '').toLowerCase(), name);
  }
  return (models ?? []).flatMap((model) =>
    (model.fields ?? []).flatMap(({ name }) => {
      const stem = /^(.+)(?:Id|_id)$/.exec(name)?.[1];
      const to = stem && names.get(stem.replaceAll('_', '').toLowerCase());
      const relation = { from: model.name, to, type: 'belongsTo', name: stem, references: [name] };
      return to ? [relation] : [];
    }),
  );
}

/**
 * Return authorization rules for roles: names, or `{name, operations}`. `owner` is who made a
 * record, `authenticated` and `guest` may read, any other name is a group. A group that states no
 * operations may read; `admin`, `admins` and `administrators` may do everything. Without roles
 * there are no rules, and models are their owners'.
 */
function generateAuthRules(userRoles) {
  return (userRoles ?? []).map((role) => {
    const { name, operations } = typeof role === 'string' ? { name: role } : role;
    const stated = operations && { operations };
    if (name === 'owner') {
      return { allow: 'owner', ...stated };
    }
    if (name === 'authenticated' || name === 'guest') {
      return { allow: name, operations: operations ?? ['read'] };
    }
    const all = /^admin(s|istrators?)?$/i.test(name) ? {} : { operations: ['read'] };
    return { allow: 'groups', groups: [name], ...all, ...stated };
  });
}
