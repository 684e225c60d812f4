import { env } from '$amplify/env/import-files';
import type { EventBridgeEvent, LambdaFunctionURLEvent } from 'aws-lambda';

type Event = EventBridgeEvent<'Scheduled Event', null> | LambdaFunctionURLEvent;

export function handler(event: Event): Promise<{ statusCode: number }> {
  console.info(JSON.stringify({ bucket: env.NEWS_FILES_BUCKET_NAME, asked: 'routeKey' in event }));
  return Promise.resolve({ statusCode: 204 });
}
