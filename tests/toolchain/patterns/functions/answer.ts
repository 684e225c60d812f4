import { env } from '$amplify/env/answer';
import type { Context } from 'aws-lambda';
import { setTimeout } from 'node:timers/promises';
import type { Schema } from '../../data/resource';

type Event = Parameters<Schema['answer']['functionHandler']>[0];

export async function handler(event: Event, context: Context): Promise<string | null> {
  console.info(`asked for ${event.arguments.ask}`);
  switch (event.arguments.ask) {
    case 'event':
      return JSON.stringify(event);
    case 'environment':
      return JSON.stringify({ place: env.PLACE, word: env.WORD, unsaid: env.UNSAID });
    case 'context':
      return JSON.stringify({ ...context, left: context.getRemainingTimeInMillis() });
    case 'process':
      return JSON.stringify(process.pid);
    case 'slow process':
      await setTimeout(300);
      return JSON.stringify(process.pid);
    case 'for ever':
      await setTimeout(60_000);
      return null;
    case 'exit':
      process.exit(3);
      break;
    case 'elsewhere': {
      const answer = await fetch(String(process.env.AWS_ENDPOINT_URL));
      return JSON.stringify(await answer.json());
    }
  }
  throw new TypeError(`nobody knows ${event.arguments.ask}`);
}
