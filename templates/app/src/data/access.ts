import type { User } from './user';

/** One rule of a model: every condition that it names must hold. */
export interface Rule {
  /** Signing in is not necessary. */
  isPublic?: boolean;
  /** The user is in one of these groups. */
  groups?: readonly string[];
  /** The user is in a group that this field of the record names. */
  groupsIn?: string;
  /** The user is named in this field of the record. */
  owner?: string;
  /** Where the tokens hold the user's identity or groups. */
  claim?: string;
}

export interface Access {
  create: readonly Rule[];
  update: readonly Rule[];
  delete: readonly Rule[];
}

/**
 * Whether the rules let a user do something: with a record, or, without one, at all. The API
 * decides; this only spares people buttons that would be refused.
 */
export function isAllowed(
  rules: readonly Rule[],
  user: User | undefined,
  record?: object,
): boolean {
  const fields = record && new Map<string, unknown>(Object.entries(record));
  return rules.some(({ isPublic = false, groups, groupsIn, owner, claim }) => {
    if (!user) {
      return isPublic;
    }
    const { claims } = user;
    if (owner !== undefined) {
      const own = identitiesOf(user, claim);
      return !fields || overlap(texts(fields.get(owner)), own);
    }
    const own = texts(claims[claim ?? 'cognito:groups']);
    return (
      (groups === undefined || overlap(groups, own)) &&
      (groupsIn === undefined || !fields || overlap(texts(fields.get(groupsIn)), own))
    );
  });
}

export type Identities = readonly string[];

/** How Amplify writes the owner of a record: first as it does now, then as earlier versions did. */
export function identitiesOf({ claims }: User, claim?: string): Identities {
  if (claim !== undefined) {
    return texts(claims[claim]);
  }
  const [sub, username] = [claims.sub, claims.username ?? claims['cognito:username']].map(String);
  return [`${sub}::${username}`, `${sub}`, `${username}`];
}

function texts(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((item) => typeof item === 'string');
}

function overlap(one: readonly string[], other: readonly string[]): boolean {
  return one.some((item) => other.includes(item));
}
