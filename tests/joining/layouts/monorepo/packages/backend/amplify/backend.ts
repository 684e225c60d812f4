import { defineBackend } from '@aws-amplify/backend';
import { auth } from './auth/resource';
import { data } from './data/resource';
import { greet } from './functions/greet/resource';
import { storage } from './storage/resource';

const backend = defineBackend({
  auth,
  data,
  greet,
  storage,
});

backend.createStack('services');
