import { randomUUID } from 'node:crypto';
import { env } from '$amplify/env/commenting';
import { subOf, type Call } from '../shared/caller';
import { changed, created, deleted, getRow, transact } from '../shared/tables';
import { findPost } from '../social/posts';
import { ownProfile, told } from '../social/profiles';

interface Comment {
  id: string;
  postId: string;
  authorId: string;
  parentId?: string | null;
  content: string;
}

const LONGEST = 2000;

function findComment(id: string) {
  return getRow<Comment>(env.COMMENT_TABLE, { id });
}

async function comment(authorId: string, postId: string, text: string, parent?: Comment) {
  const content = text.trim();
  if (!content || content.length > LONGEST) {
    throw new Error(`A comment has 1 to ${LONGEST} characters`);
  }
  const [me, post] = await Promise.all([
    ownProfile(env.USER_TABLE, authorId),
    findPost(env.POST_TABLE, postId),
  ]);
  if (!post) throw new Error('There is no such post');
  const made: Comment = {
    id: randomUUID(),
    postId,
    authorId,
    content,
    ...(parent && { parentId: parent.id }),
  };
  const notice = told(env.NOTIFICATION_TABLE, {
    about: `comment:${made.id}`,
    userId: post.authorId,
    actorId: authorId,
    type: 'comment',
    postId,
    title: `${me.displayName} comments on your post`,
  });
  const failed = await transact([
    created(env.COMMENT_TABLE, 'Comment', { ...made }),
    changed(env.POST_TABLE, { id: postId }, { add: { commentsCount: 1 } }),
    ...(parent
      ? [changed(env.COMMENT_TABLE, { id: parent.id }, { add: { repliesCount: 1 } })]
      : []),
    ...(post.authorId === authorId ? [] : [notice]),
  ]);
  if (failed !== null) throw new Error('This has changed in the meantime: look again');
  return findComment(made.id);
}

async function reply(authorId: string, id: string, text: string) {
  const parent = await findComment(id);
  if (!parent) throw new Error('There is no such comment');
  return comment(authorId, parent.postId, text, parent);
}

/** Takes away a comment of one's own, or one on a post of one's own. */
async function remove(userId: string, id: string) {
  const known = await findComment(id);
  if (!known) return true;
  const { postId, parentId, authorId } = known;
  const [post, parent] = await Promise.all([
    findPost(env.POST_TABLE, postId),
    parentId ? findComment(parentId) : undefined,
  ]);
  if (![authorId, post?.authorId].includes(userId)) throw new Error('This comment is not yours');
  const failed = await transact([
    deleted(env.COMMENT_TABLE, { id }),
    ...(post ? [changed(env.POST_TABLE, { id: postId }, { add: { commentsCount: -1 } })] : []),
    ...(parent
      ? [changed(env.COMMENT_TABLE, { id: parent.id }, { add: { repliesCount: -1 } })]
      : []),
  ]);
  if (failed) throw new Error('This has changed in the meantime: look again');
  return true;
}

export function handler(event: Call<'commentOnPost' | 'replyToComment' | 'removeComment'>) {
  const me = subOf(event);
  switch (event.fieldName) {
    case 'commentOnPost':
      return comment(me, event.arguments.postId, event.arguments.content);
    case 'replyToComment':
      return reply(me, event.arguments.commentId, event.arguments.content);
    case 'removeComment':
      return remove(me, event.arguments.commentId);
  }
}
