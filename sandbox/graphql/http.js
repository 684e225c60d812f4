// What a data source of HTTP does with the requests that resolvers make.
// https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-http-js.html

/** @typedef {Record<string, any>} Json */

/**
 * @param {string} endpoint
 * @param {Json} request
 * @returns {Promise<Json>} the status, the headers, and the body as a text
 * @throws {Error} when nobody answers there
 */
export async function askHttp(endpoint, { method, resourcePath = '/', params = {} }) {
  const { headers = {}, query = {}, body } = params;
  const address = new URL(resourcePath, endpoint);
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) address.searchParams.append(name, String(one));
  }
  const answer = await fetch(address, {
    method,
    headers,
    body: typeof body === 'object' ? JSON.stringify(body) : body,
    redirect: 'manual',
  });
  return {
    statusCode: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: await answer.text(),
  };
}
