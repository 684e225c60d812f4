import { fetchAuthSession } from 'aws-amplify/auth';
import { Hub } from 'aws-amplify/utils';
import { use, useSyncExternalStore } from 'react';

import { Listeners } from '../listeners';
import { dropAllDrafts } from './drafts';

export interface User {
  /** What the tokens say of the user, such as `sub`, `username` and `cognito:groups`. */
  claims: Readonly<Record<string, unknown>>;
}

let user: Promise<User | undefined> | undefined;
const listeners = new Listeners();

Hub.listen('auth', ({ payload }) => {
  if (payload.event === 'signedOut') {
    dropAllDrafts();
  }
  user = undefined;
  listeners.notify();
});

/** Who is signed in. The same promise until that changes. */
export function currentUser(): Promise<User | undefined> {
  user ??= readUser();
  return user;
}

/** Who is signed in; suspends while that is found out. */
export function useUser(): User | undefined {
  return use(useSyncExternalStore(listeners.subscribe, currentUser));
}

/** The groups that the user is in. */
export function groupsOf(someone: User | undefined): readonly string[] {
  const groups = someone?.claims['cognito:groups'];
  return Array.isArray(groups) ? groups.map(String) : [];
}

async function readUser(): Promise<User | undefined> {
  try {
    const { tokens } = await fetchAuthSession();
    return tokens && { claims: { ...tokens.idToken?.payload, ...tokens.accessToken.payload } };
  } catch {
    return undefined;
  }
}
