// What a role of the account may do, by the policies that the assembly gives it.

/** @typedef {import('../assembly/model.js').ApiModel} ApiModel */

/**
 * If a role may do something with a resource. Conditions of statements are not looked at.
 * @param {ApiModel} model
 * @param {string} role Its name.
 * @param {string} action Such as `dynamodb:GetItem`.
 * @param {string} resource An ARN.
 */
export function permits(model, role, action, resource) {
  const statements = (model.policies[role] ?? []).filter(
    ({ actions, resources }) =>
      actions.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
      resources.some((pattern) => matches(pattern, resource)),
  );
  return statements.length > 0 && statements.every(({ effect }) => effect === 'Allow');
}

/**
 * @param {string} pattern With `*` for any text and `?` for any character.
 * @param {string} text
 */
function matches(pattern, text) {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  const expression = literal.replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's').test(text);
}
