import { env } from '$amplify/env/following';
import { subOf, type Call } from '../shared/caller';
import { changed, checked, created, transact } from '../shared/tables';
import { CHANGED, findFollow, removeFollow, type Follow } from '../social/follows';
import { findProfile, ownProfile, told } from '../social/profiles';

// A home feed asks for the posts of each.
const MOST_FOLLOWED = 1000;

const NOT_YOURS = 'This is between other members';

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
  const { approvesFollowers } = other;
  const status = approvesFollowers ? 'pending' : 'accepted';
  const where = { approvesFollowers };
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
      title: `${me.displayName} ${status === 'accepted' ? 'follows' : 'would like to follow'} you`,
    }),
  ]);
  if (failed !== 0) checkCounted(failed);
  return (await findFollow(env, id)) ?? made;
}

async function accept(followedId: string, id: string) {
  const asked = await findFollow(env, id);
  if (asked?.followedId !== followedId) throw new Error(NOT_YOURS);
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
      title: `${me.displayName} lets you follow`,
    }),
  ]);
  checkCounted(failed);
  return { ...asked, status: 'accepted' };
}

/** Ends a follow for one of the two: whoever follows, or who is followed. */
async function end(me: string, side: 'followerId' | 'followedId', id: string) {
  const known = await findFollow(env, id);
  if (!known) return true;
  if (known[side] !== me) throw new Error(NOT_YOURS);
  await removeFollow(env, known);
  return true;
}

type Event = Call<'followUser' | 'unfollow' | 'acceptFollow' | 'declineFollow' | 'removeFollower'>;

export function handler(event: Event) {
  const me = subOf(event);
  switch (event.fieldName) {
    case 'followUser':
      return follow(me, event.arguments.userId);
    case 'unfollow':
      return end(me, 'followerId', event.arguments.followId);
    case 'acceptFollow':
      return accept(me, event.arguments.followId);
    case 'declineFollow':
    case 'removeFollower':
      return end(me, 'followedId', event.arguments.followId);
  }
}
