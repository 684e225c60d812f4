// Publishes articles: what readers see is a copy, which only functions write.
import {
  created,
  getRow,
  getRows,
  MOST_WRITES,
  put,
  rowsBy,
  transact,
  type Write,
} from '../shared/tables';
import { changedArticle, type Article } from './articles';

export interface Tables {
  ARTICLE_TABLE: string;
  ARTICLE_TAG_TABLE: string;
  ARTICLE_VERSION_TABLE: string;
  AUTHOR_TABLE: string;
  LANGUAGE: string;
  PUBLIC_ADDRESS_TABLE: string;
  PUBLISHED_ARTICLE_TABLE: string;
  TAG_TABLE: string;
}

interface Text {
  language: string;
  title: string;
  content: string;
  excerpt?: string | null;
  seoTitle?: string | null;
  seoDescription?: string | null;
}

/** The id of the public copy of an article in a language. */
function copyId(articleId: string, language: string) {
  return `${articleId}:${language}`;
}

async function tagNames(env: Tables, articleId: string) {
  const joins = await rowsBy<{ tagId: string }>(
    env.ARTICLE_TAG_TABLE,
    'byArticle',
    'articleId',
    articleId,
  );
  const ids = joins.map(({ tagId }) => tagId);
  const tags = await getRows<{ id: string; name: string }>(env.TAG_TABLE, ids);
  return [...tags.values()].map(({ name }) => name).sort();
}

/** The writes of a public copy, with the text in one language, and of its address. */
export async function copied(env: Tables, article: Article, text: Text, publishedAt: string) {
  const { language, title, excerpt, content, seoTitle, seoDescription } = text;
  const { slug, featuredImage, categoryId, readingTime } = article;
  const id = copyId(article.id, language);
  const author = await getRow<{ name: string }>(env.AUTHOR_TABLE, { id: article.authorId });
  return [
    put(env.PUBLISHED_ARTICLE_TABLE, 'PublishedArticle', {
      id,
      language,
      title,
      excerpt,
      content,
      featuredImage,
      authorName: author?.name,
      tagNames: await tagNames(env, article.id),
      categoryId,
      publishedAt,
      readingTime,
    }),
    put(env.PUBLIC_ADDRESS_TABLE, 'PublicAddress', {
      id,
      language,
      slug,
      seoTitle,
      seoDescription,
    }),
  ];
}

/** Takes a row away, whether it is there or not. */
function gone(TableName: string, id: string): Write {
  return { Delete: { TableName, Key: { id } } };
}

/**
 * Takes the public copies of an article away, and then what its readers said: of an article that
 * is not public, no comment becomes so. Done again, it does what is left to do.
 */
export async function withdraw(
  env: Pick<Tables, 'PUBLIC_ADDRESS_TABLE' | 'PUBLISHED_ARTICLE_TABLE'> & {
    PUBLISHED_COMMENT_TABLE: string;
  },
  articleId: string,
  languages: string[],
) {
  const { PUBLIC_ADDRESS_TABLE, PUBLISHED_ARTICLE_TABLE, PUBLISHED_COMMENT_TABLE } = env;
  for (const id of languages.map((language) => copyId(articleId, language))) {
    await transact([gone(PUBLISHED_ARTICLE_TABLE, id), gone(PUBLIC_ADDRESS_TABLE, id)]);
    const said = await rowsBy<{ id: string }>(
      PUBLISHED_COMMENT_TABLE,
      'byArticle',
      'publishedArticleId',
      id,
    );
    for (let start = 0; start < said.length; start += MOST_WRITES) {
      const some = said.slice(start, start + MOST_WRITES);
      await transact(some.map((comment) => gone(PUBLISHED_COMMENT_TABLE, comment.id)));
    }
  }
}

/** The writes that publish an article: the copy, its new state, and a version to keep. */
export async function publication(env: Tables, article: Article, createdBy: string) {
  const version = (article.version ?? 0) + 1;
  const publishedAt = article.publishedAt ?? new Date().toISOString();
  const { id: articleId, owner, title, content } = article;
  return [
    changedArticle(env.ARTICLE_TABLE, article, {
      status: 'published',
      publishedAt,
      publishedIn: [...new Set([...(article.publishedIn ?? []), env.LANGUAGE])],
      version,
      approvedAt: undefined,
      scheduledFor: undefined,
    }),
    ...(await copied(env, article, { ...article, language: env.LANGUAGE }, publishedAt)),
    created(env.ARTICLE_VERSION_TABLE, 'ArticleVersion', {
      id: `${articleId}:${version}`,
      articleId,
      version,
      title,
      content,
      createdBy,
      owner,
    }),
  ];
}
