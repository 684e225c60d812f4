import { hasSignIn } from '../data/amplify';
import { groupsOf, type User } from '../data/user';

/** Who may use something: everyone, all users, or the users in one of these groups. */
export type Audience = 'everyone' | 'users' | readonly string[];

/** Whether somebody belongs to an audience; without sign-in there is only everyone. */
export function isIn(user: User | undefined, audience: Audience = 'users'): boolean {
  if (audience === 'everyone' || !hasSignIn) {
    return true;
  }
  const groups = groupsOf(user);
  return (
    user !== undefined && (audience === 'users' || audience.some((group) => groups.includes(group)))
  );
}
