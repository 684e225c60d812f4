import { defineStorage } from '@aws-amplify/backend';

export const storage = defineStorage({
  name: 'covers',
  access: (allow) => ({
    'covers/*': [allow.authenticated.to(['read', 'write'])],
  }),
});
