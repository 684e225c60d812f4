// Records from outside, created as the account's own role, which rules do not concern.

/** @typedef {import('./backend.js').Backend} Backend */

/** @type {import('./identity.js').Identity} */
const OWNER = {
  mode: 'AWS_IAM',
  authType: 'IAM Authorization',
  groups: [],
  role: null,
  context: { userArn: 'arn:aws:sts::000000000000:assumed-role/local/local', username: 'local' },
};

/**
 * @param {Backend} backend
 * @param {Record<string, Record<string, unknown>[]>} records By model.
 * @returns {Promise<number>} how many were created
 * @throws {Error} which says the first that could not be
 */
export async function seed({ engine }, records) {
  let created = 0;
  for (const [model, rows] of Object.entries(records)) {
    const fields = engine.model.introspection?.models?.[model]?.primaryKeyInfo;
    if (!fields) throw new Error(`there is no model ${model}`);
    const query = `mutation Seed($input: Create${model}Input!) {
      create${model}(input: $input) { __typename }
    }`;
    for (const [index, input] of rows.entries()) {
      const caller = { identity: OWNER, headers: {} };
      const { errors } = await engine.execute({ query, variables: { input } }, caller);
      if (errors) throw new Error(`${model}[${index}]: ${errors[0].message}`);
      created += 1;
    }
  }
  return created;
}
