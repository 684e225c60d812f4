import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';

export function handler(event: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> {
  const { body, headers, isBase64Encoded, rawPath, rawQueryString, requestContext } = event;
  if (rawPath === '/fail') throw new Error('It failed');
  if (rawPath === '/plain') return Promise.resolve({ plain: true } as LambdaFunctionURLResult);
  const told = {
    method: requestContext.http.method,
    path: rawPath,
    query: rawQueryString,
    kind: headers['content-type'],
    body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8').toString('latin1'),
    isBase64Encoded,
  };
  return Promise.resolve({
    statusCode: 202,
    headers: { 'x-heard': 'yes' },
    body: JSON.stringify(told),
  });
}
