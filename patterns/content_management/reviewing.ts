import { env } from '$amplify/env/reviewing';
import type { Call } from '../shared/caller';
import {
  changedArticle,
  checkSeen,
  checkStatus,
  findArticle,
  statusOf,
  takeStep,
  type Article,
  type Step,
} from '../content/articles';

type Event = Call<'submitForReview' | 'approveArticle' | 'returnArticle'>;

const LONGEST = 1000;

/** What a call makes of an article; nothing, if it is that already. */
function stepOf(event: Event, article: Article): Step | null {
  switch (event.fieldName) {
    case 'submitForReview':
      if (statusOf(article) === 'in_review') return null;
      checkStatus(article, 'submitted', ['draft', 'published', 'archived']);
      return { status: 'in_review', reviewNote: undefined };
    case 'approveArticle': {
      const { scheduledFor, updatedAt } = event.arguments;
      checkStatus(article, 'approved', ['in_review', 'approved']);
      checkSeen(article, updatedAt);
      // When it was changed last is then the same, until somebody changes the text.
      const approvedAt = new Date().toISOString();
      return {
        status: 'approved',
        approvedAt,
        updatedAt: approvedAt,
        scheduledFor: scheduledFor ? new Date(scheduledFor).toISOString() : undefined,
      };
    }
    case 'returnArticle': {
      checkStatus(article, 'returned', ['in_review', 'approved']);
      const reviewNote = event.arguments.reason.trim();
      if (!reviewNote || reviewNote.length > LONGEST) {
        throw new Error(`A reason has 1 to ${LONGEST} characters`);
      }
      return { status: 'draft', reviewNote, approvedAt: undefined, scheduledFor: undefined };
    }
  }
}

export async function handler(event: Event) {
  const { articleId } = event.arguments;
  const article = await findArticle(env.ARTICLE_TABLE, articleId, event);
  const step = stepOf(event, article);
  if (!step) return article;
  const write = changedArticle(env.ARTICLE_TABLE, article, step);
  return takeStep(env.ARTICLE_TABLE, articleId, [write]);
}
