type Row = Record<string, unknown>;
type Operation = (input: Row) => Promise<{ data: unknown; errors?: { message: string }[] }>;

let tables = new Map<string, Row[]>();
let failure: string | undefined;

/** Stands for the API in tests: it keeps records in memory. */
export const api = {
  put(model: string, ...rows: Row[]): void {
    tables.set(model, [...api.rows(model), ...rows]);
  },
  rows(model: string): readonly Row[] {
    return tables.get(model) ?? [];
  },
  /** Lets every request fail with a message. */
  fail(message: string): void {
    failure = message;
  },
  recover(): void {
    failure = undefined;
  },
  reset(): void {
    tables = new Map();
    failure = undefined;
  },
};

/**
 * Takes the place of Amplify's client, and knows any model. A mutation keeps what it is given, and
 * every query finds all records: as a list, and as the page that a search gives.
 */
export const client = {
  models: new Proxy({}, { get: (_, model) => operations(String(model)) }),
  mutations: new Proxy({}, { get: (_, mutation) => answer(String(mutation), 'create') }),
  queries: new Proxy({}, { get: () => findAll }),
};

function findAll(): ReturnType<Operation> {
  const items = [...tables.values()].flat();
  const data = Object.assign([...items], { items });
  return Promise.resolve(
    failure === undefined ? { data } : { data: null, errors: [{ message: failure }] },
  );
}

function operations(model: string): object {
  const feed = { subscribe: () => ({ unsubscribe: () => undefined }) };
  return new Proxy(
    {},
    {
      get: (_, name) => {
        const operation = String(name);
        return operation.startsWith('on') ? () => feed : answer(model, operation);
      },
    },
  );
}

function answer(model: string, operation: string): Operation {
  return (input) => {
    if (failure !== undefined) {
      const data = operation.startsWith('list') ? [] : null;
      return Promise.resolve({ data, errors: [{ message: failure }] });
    }
    return Promise.resolve({ data: perform(model, operation, input) });
  };
}

function perform(model: string, operation: string, input: Row): unknown {
  const rows = api.rows(model);
  const found = rows.find(({ id }) => id === input.id) ?? null;
  switch (operation) {
    case 'get':
      return found;
    case 'create': {
      const row = { id: crypto.randomUUID(), createdAt: new Date().toISOString(), ...input };
      api.put(model, row);
      return row;
    }
    case 'update':
    case 'delete': {
      const changed = operation === 'update' ? [{ ...found, ...input }] : [];
      tables.set(model, [...rows.filter((row) => row !== found), ...changed]);
      return { ...found, ...input };
    }
    case 'list':
      return rows.filter((row) => isFound(row, isRow(input.filter) ? input.filter : {}));
    default:
      return rows.filter((row) => isFound(row, input));
  }
}

/** Compares the values that a query or a filter names; other conditions hold for all records. */
function isFound(row: Row, wanted: Row): boolean {
  return Object.entries(wanted).every(([field, condition]) => {
    const value = isRow(condition) ? condition.eq : condition;
    return value === undefined || !(field in row) || row[field] === value;
  });
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null;
}
