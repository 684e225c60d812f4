// Who follows whom, and how that is taken away again with what it counts.
import { changed, deleted, getRow, rowsBy, transact } from '../shared/tables';
import { findProfile } from './profiles';

export interface Tables {
  FOLLOW_TABLE: string;
  USER_TABLE: string;
}

export interface Follow {
  id: string;
  followerId: string;
  followedId: string;
  status: 'pending' | 'accepted';
}

/** The follows of a member from one side: how they are found, and what they count. */
const SIDES = [
  {
    index: 'byFollower',
    mine: 'followerId',
    others: 'followedId',
    myCount: 'followingCount',
    othersCount: 'followersCount',
  },
  {
    index: 'byFollowed',
    mine: 'followedId',
    others: 'followerId',
    myCount: 'followersCount',
    othersCount: 'followingCount',
  },
] as const;

// Each takes two writes, and one transaction takes a hundred.
const TOGETHER = 40;

export const CHANGED = 'This has changed in the meantime: look again';

export function findFollow(tables: Tables, id: string) {
  return getRow<Follow>(tables.FOLLOW_TABLE, { id });
}

/** Counts less in a profile, if it is there. */
async function lessened({ USER_TABLE }: Tables, userId: string, count: string, by: number) {
  const profile = by > 0 ? await findProfile(USER_TABLE, userId) : undefined;
  return profile ? [changed(USER_TABLE, { userId }, { add: { [count]: -by } })] : [];
}

/** Takes a follow away, if it is still as it was read, and from the counts of both. */
export async function removeFollow(tables: Tables, follow: Follow) {
  const { id, status, followerId, followedId } = follow;
  const counted = status === 'accepted' ? 1 : 0;
  const failed = await transact([
    deleted(tables.FOLLOW_TABLE, { id }, { where: { status } }),
    ...(await lessened(tables, followerId, 'followingCount', counted)),
    ...(await lessened(tables, followedId, 'followersCount', counted)),
  ]);
  if (failed !== null) throw new Error(CHANGED);
}

async function removeTogether(tables: Tables, side: (typeof SIDES)[number], follows: Follow[]) {
  const [first] = follows;
  if (!first) return;
  const accepted = follows.filter(({ status }) => status === 'accepted');
  const counts = [
    lessened(tables, first[side.mine], side.myCount, accepted.length),
    ...accepted.map((follow) => lessened(tables, follow[side.others], side.othersCount, 1)),
  ];
  const failed = await transact([
    ...follows.map(({ id, status }) => deleted(tables.FOLLOW_TABLE, { id }, { where: { status } })),
    ...(await Promise.all(counts)).flat(),
  ]);
  if (failed === null) return;
  // Somebody has changed one of them in this moment: each by itself, as it is now.
  for (const { id } of follows) {
    const now = await findFollow(tables, id);
    if (now) await removeFollow(tables, now);
  }
}

/** Takes all follows of a member away, in both directions. Cut short, it goes on the next time. */
export async function removeFollows(tables: Tables, userId: string) {
  for (const side of SIDES) {
    const follows = await rowsBy<Follow>(tables.FOLLOW_TABLE, side.index, side.mine, userId);
    for (let start = 0; start < follows.length; start += TOGETHER) {
      await removeTogether(tables, side, follows.slice(start, start + TOGETHER));
    }
  }
}
