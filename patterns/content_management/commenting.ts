import { randomUUID } from 'node:crypto';
import { env } from '$amplify/env/commenting';
import { CHANGED, checkPublic, findComment, hidden } from '../content/comments';
import { ownerOf, type Call } from '../shared/caller';
import { created, deleted, getRow, transact } from '../shared/tables';

interface PublishedComment {
  id: string;
  publishedArticleId: string;
}

const LONGEST = 5000;
const LONGEST_NAME = 120;

function checkLength(text: string, longest: number, what: string) {
  if (!text || text.length > longest) throw new Error(`${what} has 1 to ${longest} characters`);
}

/** Keeps a comment for the moderators, of whoever calls. */
async function send(
  owner: string,
  args: { authorName: string; content: string },
  place: { publishedArticleId: string; replyToId?: string },
) {
  const id = randomUUID();
  const [authorName, content] = [args.authorName.trim(), args.content.trim()];
  checkLength(authorName, LONGEST_NAME, 'A name');
  checkLength(content, LONGEST, 'A comment');
  await checkPublic(env.PUBLISHED_ARTICLE_TABLE, place.publishedArticleId);
  await transact([
    created(env.COMMENT_TABLE, 'Comment', {
      id,
      owner,
      authorName,
      content,
      ...place,
      status: 'pending',
    }),
  ]);
  return findComment(env.COMMENT_TABLE, id);
}

async function placeOfReply(id: string) {
  const answered = await getRow<PublishedComment>(env.PUBLISHED_COMMENT_TABLE, { id });
  if (!answered) throw new Error('There is no such comment');
  return { publishedArticleId: answered.publishedArticleId, replyToId: answered.id };
}

async function withdraw(owner: string, id: string) {
  const known = await findComment(env.COMMENT_TABLE, id);
  if (!known) return true;
  if (known.owner !== owner) throw new Error('This comment is not yours');
  const { status } = known;
  const failed = await transact([
    deleted(env.COMMENT_TABLE, { id }, { where: { status } }),
    ...hidden(env.PUBLISHED_COMMENT_TABLE, known),
  ]);
  if (failed !== null) throw new Error(CHANGED);
  return true;
}

export async function handler(
  event: Call<'commentOnArticle' | 'replyToComment' | 'withdrawComment'>,
) {
  const me = ownerOf(event);
  switch (event.fieldName) {
    case 'commentOnArticle': {
      const { publishedArticleId } = event.arguments;
      return send(me, event.arguments, { publishedArticleId });
    }
    case 'replyToComment': {
      const place = await placeOfReply(event.arguments.publishedCommentId);
      return send(me, event.arguments, place);
    }
    case 'withdrawComment':
      return withdraw(me, event.arguments.commentId);
  }
}
