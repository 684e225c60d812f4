import { env } from '$amplify/env/publishing';
import { ownerOf, type Call } from '../shared/caller';
import { getRow, type Write } from '../shared/tables';
import {
  changedArticle,
  checkStatus,
  findArticle,
  isEditor,
  statusOf,
  takeStep,
  type Article,
} from '../content/articles';
import { copied, copyId, publication } from '../content/publication';

interface Translation {
  articleId: string;
  language: string;
  title: string;
  content: string;
}

type Event = Call<'publishArticle' | 'publishTranslation' | 'archiveArticle'>;

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,6})?$/;

function find(id: string, event: Event) {
  return findArticle(env.ARTICLE_TABLE, id, event);
}

function take(article: Article, writes: Write[]) {
  return takeStep(env.ARTICLE_TABLE, article.id, writes);
}

async function publish(article: Article, by: string) {
  if (statusOf(article) === 'published') return article;
  checkStatus(article, 'published', ['in_review', 'approved']);
  return take(article, await publication(env, article, by));
}

async function publishTranslation(id: string, event: Event) {
  const translation = await getRow<Translation>(env.ARTICLE_TRANSLATION_TABLE, { id });
  if (!translation) throw new Error('There is no such translation');
  const { language, articleId } = translation;
  if (!LANGUAGE.test(language) || language === env.LANGUAGE) {
    throw new Error(`An article cannot be translated to ${language}`);
  }
  const article = await find(articleId, event);
  checkStatus(article, 'published in another language', ['published']);
  const { publishedIn, publishedAt } = article;
  return take(article, [
    changedArticle(env.ARTICLE_TABLE, article, {
      publishedIn: [...new Set([...(publishedIn ?? []), language])],
    }),
    await copied(env, article, translation, publishedAt ?? new Date().toISOString()),
  ]);
}

/** Takes all public copies away; an author may do so while there are none. */
async function archive(article: Article, event: Event) {
  const languages = article.publishedIn ?? [];
  if (languages.length && !isEditor(event)) throw new Error('Only editors archive what is public');
  if (statusOf(article) === 'archived') return article;
  const gone = { publishedIn: undefined, approvedAt: undefined, scheduledFor: undefined };
  return take(article, [
    changedArticle(env.ARTICLE_TABLE, article, { status: 'archived', ...gone }),
    ...languages.map((language) => ({
      Delete: {
        TableName: env.PUBLISHED_ARTICLE_TABLE,
        Key: { id: copyId(article.id, language) },
      },
    })),
  ]);
}

export async function handler(event: Event) {
  switch (event.fieldName) {
    case 'publishArticle':
      return publish(await find(event.arguments.articleId, event), ownerOf(event));
    case 'publishTranslation':
      return publishTranslation(event.arguments.articleTranslationId, event);
    case 'archiveArticle':
      return archive(await find(event.arguments.articleId, event), event);
  }
}
