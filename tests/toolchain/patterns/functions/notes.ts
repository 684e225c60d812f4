import { env } from '$amplify/env/notes';
import type { AppSyncResolverEvent } from 'aws-lambda';
import { dataClient } from '../data';

const client = dataClient(env);

export async function handler(
  event: AppSyncResolverEvent<{ text?: string | null }>,
): Promise<number | string[]> {
  const { models } = await client;
  if ('text' in event.arguments) {
    const { errors = [] } = await models.Note.create({ text: event.arguments.text ?? '' });
    return errors.map(({ message }) => message);
  }
  const { data } = await models.Note.list({ limit: 1000 });
  return data.length;
}
