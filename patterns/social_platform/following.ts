import { env } from '$amplify/env/following';
import { subOf, type Call } from '../shared/caller';
import { changed, checked, created, deleted, getRow, transact } from '../shared/tables';
import { findProfile, ownProfile, told } from '../social/profiles';

interface Follow {
  id: string;
  followerId: string;
  followedId: string;
  status: 'pending' | 'accepted';
}

// A home feed asks for the posts of each.
const MOST_FOLLOWED = 1000;

function findFollow(id: string) {
  return getRow<Follow>(env.FOLLOW_TABLE, { id });
}

/** The writes that count a follow in the profiles of both, if `where` holds of who is followed. */
function counted({ followerId, followedId }: Follow, where = {}) {
  return [
    changed(env.USER_TABLE, { userId: followedId }, { add: { followersCount: 1 }, where }),
    changed(
      env.USER_TABLE,
      { userId: followerId },
      { add: { followingCount: 1 }, below: { followingCount: MOST_FOLLOWED } },
    ),
  ];
}

function checkCounted(failed: number | null) {
  if (failed === 2) throw new Error(`Nobody can follow more than ${MOST_FOLLOWED} members`);
  if (failed !== null) throw new Error('This has changed in the meantime: look again');
}

async function follow(followerId: string, followedId: string) {
  if (followerId === followedId) throw new Error('Nobody can follow themselves');
  const id = `${followerId}:${followedId}`;
  const known = await findFollow(id);
  if (known) return known;
  const [me, other] = await Promise.all([
    ownProfile(env.USER_TABLE, followerId),
    findProfile(env.USER_TABLE, followedId),
  ]);
  if (!other) throw new Error('There is no such member');
  const status = other.isPrivate ? 'pending' : 'accepted';
  const where = { isPrivate: other.isPrivate };
  const made: Follow = { id, followerId, followedId, status };
  const failed = await transact([
    created(env.FOLLOW_TABLE, 'Follow', { ...made }),
    ...(status === 'accepted'
      ? counted(made, where)
      : [checked(env.USER_TABLE, { userId: followedId }, { where })]),
    told(env.NOTIFICATION_TABLE, {
      about: `follow:${id}`,
      userId: followedId,
      actorId: followerId,
      type: 'follow',
      entityId: followerId,
      entityType: 'user',
      title: `${me.displayName} ${status === 'accepted' ? 'follows' : 'would like to follow'} you`,
    }),
  ]);
  if (failed !== 0) checkCounted(failed);
  return (await findFollow(id)) ?? made;
}

/** Takes a follow away, if it is still as it was read, and from the counts of both. */
async function remove({ id, status, followerId, followedId }: Follow) {
  const counts = { [followerId]: 'followingCount', [followedId]: 'followersCount' };
  const lessened = Object.entries(counts).map(async ([userId, count]) => {
    const profile = await findProfile(env.USER_TABLE, userId);
    return profile ? [changed(env.USER_TABLE, { userId }, { add: { [count]: -1 } })] : [];
  });
  const failed = await transact([
    deleted(env.FOLLOW_TABLE, { id }, { where: { status } }),
    ...(status === 'accepted' ? (await Promise.all(lessened)).flat() : []),
  ]);
  if (failed !== null) throw new Error('This has changed in the meantime: look again');
}

async function unfollow(followerId: string, followedId: string) {
  const known = await findFollow(`${followerId}:${followedId}`);
  if (known) await remove(known);
  return true;
}

async function accept(followedId: string, id: string) {
  const asked = await findFollow(id);
  if (asked?.followedId !== followedId) throw new Error('Nobody asks to follow you by that');
  if (asked.status === 'accepted') return asked;
  const me = await ownProfile(env.USER_TABLE, followedId);
  const failed = await transact([
    changed(
      env.FOLLOW_TABLE,
      { id },
      { set: { status: 'accepted' }, where: { status: 'pending' } },
    ),
    ...counted(asked),
    told(env.NOTIFICATION_TABLE, {
      about: `accepted:${id}`,
      userId: asked.followerId,
      actorId: followedId,
      type: 'follow',
      entityId: followedId,
      entityType: 'user',
      title: `${me.displayName} lets you follow`,
    }),
  ]);
  checkCounted(failed);
  return { ...asked, status: 'accepted' };
}

async function decline(followedId: string, id: string) {
  const asked = await findFollow(id);
  if (asked && asked.followedId !== followedId) {
    throw new Error('Nobody asks to follow you by that');
  }
  if (asked) await remove(asked);
  return true;
}

type Event = Call<'followUser' | 'unfollowUser' | 'acceptFollow' | 'declineFollow'>;

export function handler(event: Event) {
  const me = subOf(event);
  switch (event.fieldName) {
    case 'followUser':
      return follow(me, event.arguments.userId);
    case 'unfollowUser':
      return unfollow(me, event.arguments.userId);
    case 'acceptFollow':
      return accept(me, event.arguments.followId);
    case 'declineFollow':
      return decline(me, event.arguments.followId);
  }
}
