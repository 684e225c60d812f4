import { Button } from '@aws-amplify/ui-react';
import { signOut } from 'aws-amplify/auth';

import type { User } from '../data/user';
import { hrefTo, SIGN_IN } from './router';

/** Signs in or out. */
export function AccountButton({ user }: { user: User | undefined }) {
  return user ? (
    <Button size="small" onClick={() => void signOut()}>
      Sign out
    </Button>
  ) : (
    <a className="amplify-button amplify-button--small" href={hrefTo(SIGN_IN)}>
      Sign in
    </a>
  );
}
