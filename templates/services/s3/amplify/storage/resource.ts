import { defineStorage } from '@aws-amplify/backend';

export const storage = defineStorage({
  name: 'files',
  access: (allow) => ({
    // Each person's own files.
    'private/{entity_id}/*': [allow.entity('identity').to(['read', 'write', 'delete'])],
    // Files that everybody who is signed in can see, and only their owner can change.
    'shared/{entity_id}/*': [
      allow.authenticated.to(['read']),
      allow.entity('identity').to(['read', 'write', 'delete']),
    ],
  }),
});
