import { fetchAuthSession } from 'aws-amplify/auth';
import { Hub } from 'aws-amplify/utils';

export interface User {
  /** What the tokens say of the user, such as `sub`, `username` and `cognito:groups`. */
  claims: Readonly<Record<string, unknown>>;
}

let user: Promise<User | undefined> | undefined;

Hub.listen('auth', () => {
  user = undefined;
});

/** Who is signed in. The same promise until that changes, so that `use` can wait for it. */
export function currentUser(): Promise<User | undefined> {
  user ??= readUser();
  return user;
}

async function readUser(): Promise<User | undefined> {
  try {
    const { tokens } = await fetchAuthSession();
    return tokens && { claims: { ...tokens.idToken?.payload, ...tokens.accessToken.payload } };
  } catch {
    return undefined;
  }
}
