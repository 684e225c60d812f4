import { env } from '$amplify/env/following';
import { subOf, type Call } from '../shared/caller';
import { changed, checked, created, deleted, transact } from '../shared/tables';
import { CHANGED, findFollow, removeFollow, removeFollows, type Follow } from '../social/follows';
import { findProfile, ownProfile, told } from '../social/profiles';

// A home feed asks for the posts of each.
const MOST_FOLLOWED = 1000;

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
  if (failed !== null) throw new Error(CHANGED);
}

async function follow(followerId: string, followedId: string) {
  if (followerId === followedId) throw new Error('Nobody can follow themselves');
  const id = `${followerId}:${followedId}`;
  const known = await findFollow(env, id);
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
  return (await findFollow(env, id)) ?? made;
}

async function unfollow(followerId: string, followedId: string) {
  const known = await findFollow(env, `${followerId}:${followedId}`);
  if (known) await removeFollow(env, known);
  return true;
}

async function accept(followedId: string, id: string) {
  const asked = await findFollow(env, id);
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
  const asked = await findFollow(env, id);
  if (asked && asked.followedId !== followedId) {
    throw new Error('Nobody asks to follow you by that');
  }
  if (asked) await removeFollow(env, asked);
  return true;
}

/** Removes a profile. Its follows go first: they are not left behind if this is cut short. */
async function leave(me: string, userId: string) {
  if (userId !== me) throw new Error('This profile is not yours');
  await removeFollows(env, userId);
  await transact([deleted(env.USER_TABLE, { userId })]);
  // Nobody can follow any more; somebody may have done so until now.
  await removeFollows(env, userId);
  return true;
}

type Event = Call<
  'followUser' | 'unfollowUser' | 'acceptFollow' | 'declineFollow' | 'deleteProfile'
>;

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
    case 'deleteProfile':
      return leave(me, event.arguments.userId);
  }
}
