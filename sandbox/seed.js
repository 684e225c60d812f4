// Records from outside, created by the first who may sign in, or where the rules do not let them
// by the account's own role, which rules do not concern.
import { identify } from './identity.js';
import { tokensOf } from './users/tokens.js';

/** @typedef {import('./backend.js').Backend} Backend */

/**
 * The account's own role.
 * @type {import('./identity.js').Identity}
 */
export const OWNER = {
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
export async function seed({ engine, users }, records) {
  const [first] = users.all();
  const headers = { authorization: tokensOf(first).AccessToken };
  const callers = [
    { identity: identify(engine.model, headers), headers },
    { identity: OWNER, headers: {} },
  ];
  let created = 0;
  for (const [model, rows] of Object.entries(records)) {
    if (!engine.model.introspection?.models?.[model]) throw new Error(`there is no model ${model}`);
    const query = `mutation Seed($input: Create${model}Input!) {
      create${model}(input: $input) { __typename }
    }`;
    for (const [index, input] of rows.entries()) {
      /** @type {Record<string, any>[] | undefined} */
      let errors;
      for (const caller of callers) {
        ({ errors } = await engine.execute({ query, variables: { input } }, caller));
        if (errors?.[0].errorType !== 'Unauthorized') break;
      }
      if (errors) throw new Error(`${model}[${index}]: ${errors[0].message}`);
      created += 1;
    }
  }
  return created;
}
