import { generateClient } from 'aws-amplify/data';

import type { Schema } from '../../amplify/data/resource';
import { client } from './client';
import { currentUser } from './user';

/** The clients for what people may do without signing in. */
export const publicClients: Readonly<Record<'apiKey' | 'identityPool', typeof client>> = {
  apiKey: generateClient<Schema>({ authMode: 'apiKey' }),
  identityPool: generateClient<Schema>({ authMode: 'identityPool' }),
};

/** Asks as the user who is signed in, and as the public when nobody is. */
export async function clientFor(mode: keyof typeof publicClients): Promise<typeof client> {
  return (await currentUser()) ? client : publicClients[mode];
}
