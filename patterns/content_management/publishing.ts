import { env } from '$amplify/env/publishing';
import { ownerOf, type Call } from '../shared/caller';
import { getRow, type Write } from '../shared/tables';
import {
  changedArticle,
  checkSeen,
  checkStatus,
  findArticle,
  isAsApproved,
  isEditor,
  statusOf,
  takeStep,
  type Article,
} from '../content/articles';
import { copied, publication, withdraw } from '../content/publication';

interface Translation {
  articleId: string;
  language: string;
  title: string;
  content: string;
  updatedAt: string;
}

type Event = Call<'publishArticle' | 'publishTranslation' | 'archiveArticle'>;

const NOT_APPROVED = 'The text was changed after it was approved: read and approve it again';
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,6})?$/;

function find(id: string, event: Event) {
  return findArticle(env.ARTICLE_TABLE, id, event);
}

function take(article: Article, writes: Write[]) {
  return takeStep(env.ARTICLE_TABLE, article.id, writes);
}

async function publish(article: Article, seen: string, by: string) {
  if (statusOf(article) === 'published') return article;
  checkStatus(article, 'published', ['in_review', 'approved']);
  if (statusOf(article) === 'approved' && !isAsApproved(article)) throw new Error(NOT_APPROVED);
  checkSeen(article, seen);
  return take(article, await publication(env, article, by));
}

async function publishTranslation(id: string, seen: string, event: Event) {
  const translation = await getRow<Translation>(env.ARTICLE_TRANSLATION_TABLE, { id });
  if (!translation) throw new Error('There is no such translation');
  checkSeen(translation, seen);
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
    ...(await copied(env, article, translation, publishedAt ?? new Date().toISOString())),
  ]);
}

/** Takes all public copies away, with their comments; an author may do so while there are none. */
async function archive(article: Article, event: Event) {
  const languages = article.publishedIn ?? [];
  if (languages.length && !isEditor(event)) throw new Error('Only editors archive what is public');
  if (statusOf(article) === 'archived') return article;
  // The article is archived when nothing of it is public any more: until then it can be again.
  await withdraw(env, article.id, languages);
  const gone = { publishedIn: undefined, approvedAt: undefined, scheduledFor: undefined };
  return take(article, [
    changedArticle(env.ARTICLE_TABLE, article, { status: 'archived', ...gone }),
  ]);
}

export async function handler(event: Event) {
  switch (event.fieldName) {
    case 'publishArticle': {
      const { articleId, updatedAt } = event.arguments;
      return publish(await find(articleId, event), updatedAt, ownerOf(event));
    }
    case 'publishTranslation': {
      const { articleTranslationId, updatedAt } = event.arguments;
      return publishTranslation(articleTranslationId, updatedAt, event);
    }
    case 'archiveArticle':
      return archive(await find(event.arguments.articleId, event), event);
  }
}
