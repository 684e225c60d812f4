import { defineFunction } from '@aws-amplify/backend';

/**
 * Does the work that other services bring: streams, queues, events, state machines.
 * It is in the group of those services, because two stacks must not depend on each other.
 */
export const worker = defineFunction({
  name: 'worker',
  entry: './handler.ts',
  resourceGroupName: 'services',
  runtime: 22,
  architecture: 'arm64',
  memoryMB: 256,
  timeoutSeconds: 30,
});
