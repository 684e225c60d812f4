import { env } from '$amplify/env/reactions';
import type { Schema } from '../../data/resource';
import { subOf, type Call } from '../shared/caller';
import { changed, created, deleted, getRow, transact } from '../shared/tables';
import { findPost } from '../social/posts';
import { ownProfile, told } from '../social/profiles';

type Reaction = Schema['reactToPost']['args']['reactionType'];

interface Like {
  id: string;
  postId: string;
  userId: string;
  reactionType: Reaction;
}

function findLike(id: string) {
  return getRow<Like>(env.LIKE_TABLE, { id });
}

async function react(known: Like, reactionType: Reaction) {
  if (known.reactionType === reactionType) return known;
  const failed = await transact([
    changed(env.LIKE_TABLE, { id: known.id }, { set: { reactionType } }),
  ]);
  if (failed !== null) throw new Error('This has changed in the meantime: look again');
  return { ...known, reactionType };
}

async function like(userId: string, postId: string, reactionType: Reaction) {
  const id = `${userId}:${postId}`;
  const known = await findLike(id);
  if (known) return react(known, reactionType);
  const [me, post] = await Promise.all([
    ownProfile(env.USER_TABLE, userId),
    findPost(env.POST_TABLE, postId),
  ]);
  if (!post) throw new Error('There is no such post');
  const made: Like = { id, postId, userId, reactionType };
  const notice = told(env.NOTIFICATION_TABLE, {
    about: `like:${id}`,
    userId: post.authorId,
    actorId: userId,
    type: 'like',
    postId,
    title: `${me.displayName} likes your post`,
  });
  const failed = await transact([
    created(env.LIKE_TABLE, 'Like', { ...made }),
    changed(env.POST_TABLE, { id: postId }, { add: { likesCount: 1 } }),
    ...(post.authorId === userId ? [] : [notice]),
  ]);
  if (failed === 1) throw new Error('There is no such post');
  return (await findLike(id)) ?? made;
}

async function unlike(userId: string, id: string) {
  const known = await findLike(id);
  if (!known) return true;
  if (known.userId !== userId) throw new Error('This reaction is not yours');
  const { postId } = known;
  const post = await findPost(env.POST_TABLE, postId);
  const failed = await transact([
    deleted(env.LIKE_TABLE, { id }),
    ...(post ? [changed(env.POST_TABLE, { id: postId }, { add: { likesCount: -1 } })] : []),
  ]);
  // Another request has taken it away in this moment, unless it was the post that went.
  if (failed === 1) throw new Error('This has changed in the meantime: look again');
  return true;
}

export function handler(event: Call<'likePost' | 'reactToPost' | 'unlikePost'>) {
  const me = subOf(event);
  switch (event.fieldName) {
    case 'likePost':
      return like(me, event.arguments.postId, 'like');
    case 'reactToPost':
      return like(me, event.arguments.postId, event.arguments.reactionType);
    case 'unlikePost':
      return unlike(me, event.arguments.likeId);
  }
}
