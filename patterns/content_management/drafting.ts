import { env } from '$amplify/env/drafting';
import { findArticle } from '../content/articles';
import { dataClient } from '../data';
import { ownerOf, type Call } from '../shared/caller';
import { changed, getRow, transact } from '../shared/tables';

type Event = Call<'introduceAuthor' | 'beginArticle' | 'beginTranslation' | 'addMedia'>;

interface Answer<Row> {
  data: Row | null;
  errors?: { message: string }[];
}

// What is written through the API is checked by it, and editors who subscribe are told of it.
const client = dataClient(env);

/**
 * Gives a record that was made to whoever calls, which the API lets nobody state. Without an owner
 * it is the editors' alone.
 */
async function owned<Row extends { id: string }>(
  event: Event,
  table: string,
  answer: Promise<Answer<Row>>,
) {
  const { data, errors = [] } = await answer;
  if (!data) throw new Error(errors.map(({ message }) => message).join('; '));
  const { id } = data;
  await transact([changed(table, { id }, { set: { owner: ownerOf(event) } })]);
  return getRow<Row>(table, { id });
}

export async function handler(event: Event) {
  const { models } = await client;
  switch (event.fieldName) {
    case 'introduceAuthor':
      return owned(event, env.AUTHOR_TABLE, models.Author.create(event.arguments));
    case 'beginArticle':
      return owned(event, env.ARTICLE_TABLE, models.Article.create(event.arguments));
    case 'beginTranslation': {
      await findArticle(env.ARTICLE_TABLE, event.arguments.articleId, event);
      const made = models.ArticleTranslation.create(event.arguments);
      return owned(event, env.ARTICLE_TRANSLATION_TABLE, made);
    }
    case 'addMedia':
      return owned(event, env.MEDIA_TABLE, models.Media.create(event.arguments));
  }
}
