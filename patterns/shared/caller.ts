// Who calls a function, and for which operation: for functions that answer several.
import type { AppSyncIdentity } from 'aws-lambda';
import type { Schema } from '../../data/resource';

type Operation = {
  [Name in keyof Schema]: Schema[Name] extends { functionHandler: unknown } ? Name : never;
}[keyof Schema];

interface CallOf<Name extends Operation> {
  fieldName: Name;
  arguments: Schema[Name]['args'];
  identity?: AppSyncIdentity;
}

/** A call of one of some operations; `fieldName` tells which. */
export type Call<Name extends Operation> = Name extends unknown ? CallOf<Name> : never;

function user(identity: AppSyncIdentity | undefined) {
  if (identity && 'sub' in identity && 'username' in identity) return identity;
  throw new Error('Sign in first');
}

/** The id of the account that calls. */
export function subOf({ identity }: { identity?: AppSyncIdentity }) {
  return user(identity).sub;
}

/** Who calls, as Amplify writes it into the records that people own. */
export function ownerOf({ identity }: { identity?: AppSyncIdentity }) {
  const { sub, username } = user(identity);
  return `${sub}::${username}`;
}

/** The groups of who calls. */
export function groupsOf({ identity }: { identity?: AppSyncIdentity }) {
  const { groups } = user(identity);
  return groups ?? [];
}
