import { env } from '$amplify/env/write-nightly';
import type { EventBridgeEvent } from 'aws-lambda';
import { dataClient } from '../data';

const client = dataClient(env);

export async function handler(event: EventBridgeEvent<'Scheduled Event', string>): Promise<void> {
  const { models } = await client;
  const { errors = [] } = await models.Note.create({ text: `${event.source} ${event.time}` });
  if (errors.length) throw new Error(errors.map(({ message }) => message).join());
}
