import { env } from '$amplify/env/publish-due';
import type { EventBridgeHandler } from 'aws-lambda';
import { changedArticle, isAsApproved, type Article } from '../content/articles';
import { publication } from '../content/publication';
import { getRow, queryRows, transact } from '../shared/tables';

const CHANGED = 'The text was changed after it was approved';

function due() {
  return queryRows<Article>({
    TableName: env.ARTICLE_TABLE,
    IndexName: 'byStatusAndSchedule',
    KeyConditionExpression: '#status = :approved AND scheduledFor <= :now',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':approved': 'approved', ':now': new Date().toISOString() },
  });
}

/** The writes of an article that is due; one that was changed since goes back to review. */
function writesOf(article: Article) {
  if (isAsApproved(article)) return publication(env, article, 'schedule');
  const review = { status: 'in_review' as const, reviewNote: CHANGED, scheduledFor: undefined };
  return [changedArticle(env.ARTICLE_TABLE, article, review)];
}

// Publishes what was approved for a time that has come. What fails is due again the next time.
export const handler: EventBridgeHandler<'Scheduled Event', null, void> = async () => {
  let failures = 0;
  for (const { id } of await due()) {
    try {
      const article = await getRow<Article>(env.ARTICLE_TABLE, { id });
      // The index may be behind.
      if (article?.status === 'approved') await transact(await writesOf(article));
    } catch (error) {
      failures += 1;
      console.error(JSON.stringify({ level: 'error', id, error: String(error) }));
    }
  }
  if (failures) throw new Error(`${failures} articles could not be published`);
};
