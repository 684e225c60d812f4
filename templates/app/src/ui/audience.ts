import { hasSignIn } from '../data/amplify';
import { groupsOf, type User } from '../data/user';

/** Who may use something: everyone, or the users in one of these groups; else all users. */
export type Audience = 'everyone' | readonly string[];

export function mayUse({ audience }: { audience?: Audience }, user: User | undefined): boolean {
  if (audience === 'everyone' || !hasSignIn) {
    return true;
  }
  const groups = groupsOf(user);
  return user !== undefined && (audience?.some((group) => groups.includes(group)) ?? true);
}
