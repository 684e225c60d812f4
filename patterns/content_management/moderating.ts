import { env } from '$amplify/env/moderating';
import { CHANGED, checkPublic, findComment, hidden, type Comment } from '../content/comments';
import type { Call } from '../shared/caller';
import { changed, checked, created, transact, type Write } from '../shared/tables';

/** The write of the copy that everybody reads: without whose account it is. */
function shown({ id, authorName, content, publishedArticleId, replyToId, createdAt }: Comment) {
  return created(env.PUBLISHED_COMMENT_TABLE, 'PublishedComment', {
    id,
    authorName,
    content,
    publishedArticleId,
    replyToId,
    postedAt: createdAt,
  });
}

/** Decides about a comment, together with its public copy. */
async function decide(comment: Comment, status: Comment['status'], writes: Write[]) {
  const { id } = comment;
  const failed = await transact([
    changed(env.COMMENT_TABLE, { id }, { set: { status }, where: { status: comment.status } }),
    ...writes,
  ]);
  if (failed !== null) throw new Error(CHANGED);
  return findComment(env.COMMENT_TABLE, id);
}

async function approve(comment: Comment) {
  if (comment.status === 'approved') return comment;
  await checkPublic(env.PUBLISHED_ARTICLE_TABLE, comment.publishedArticleId);
  return decide(comment, 'approved', [
    // It may be archived in this moment.
    checked(env.PUBLISHED_ARTICLE_TABLE, { id: comment.publishedArticleId }),
    shown(comment),
  ]);
}

async function reject(comment: Comment) {
  if (comment.status === 'rejected') return comment;
  return decide(comment, 'rejected', hidden(env.PUBLISHED_COMMENT_TABLE, comment));
}

export async function handler(event: Call<'approveComment' | 'rejectComment'>) {
  const comment = await findComment(env.COMMENT_TABLE, event.arguments.commentId);
  if (!comment) throw new Error('There is no such comment');
  switch (event.fieldName) {
    case 'approveComment':
      return approve(comment);
    case 'rejectComment':
      return reject(comment);
  }
}
