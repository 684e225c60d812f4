// Articles on the editorial desk, and who may do what with them.
import { groupsOf, ownerOf } from '../shared/caller';
import { changed, getRow, transact } from '../shared/tables';

export type Status = 'draft' | 'in_review' | 'approved' | 'published' | 'archived';

export interface Article {
  id: string;
  owner: string;
  title: string;
  slug: string;
  excerpt?: string | null;
  content: string;
  featuredImage?: string | null;
  authorId: string;
  categoryId?: string | null;
  /** None has an article that was never submitted: it is a draft. */
  status?: Status | null;
  scheduledFor?: string | null;
  approvedAt?: string | null;
  publishedAt?: string | null;
  /** The languages in which it has a public copy. */
  publishedIn?: string[] | null;
  version?: number | null;
  seoTitle?: string | null;
  seoDescription?: string | null;
  readingTime?: number | null;
  reviewNote?: string | null;
  updatedAt: string;
}

/** What a step sets; what is undefined is taken away. */
export type Step = { [Name in keyof Article]?: Article[Name] | undefined };

type Caller = Parameters<typeof groupsOf>[0];

const CHANGED = 'The text has changed since you read it: look at it again';

export function isEditor(caller: Caller) {
  return groupsOf(caller).some((group) => ['admins', 'editors'].includes(group));
}

export function isOwner(caller: Caller, article: Article) {
  return article.owner === ownerOf(caller);
}

export function statusOf({ status }: Article): Status {
  return status ?? 'draft';
}

/** An article that who calls may know of. */
export async function findArticle(table: string, id: string, caller: Caller) {
  const found = await getRow<Article>(table, { id });
  if (!found || !(isEditor(caller) || isOwner(caller, found))) {
    throw new Error('There is no such article');
  }
  return found;
}

/** Refuses a step that does not follow on where an article is. */
export function checkStatus(article: Article, step: string, from: Status[]) {
  const status = statusOf(article);
  if (!from.includes(status)) {
    throw new Error(`An article that is ${status.replace('_', ' ')} cannot be ${step}`);
  }
}

/** Refuses a step for a text that is not the one that who calls has seen. */
export function checkSeen({ updatedAt }: { updatedAt: string }, seen: string) {
  if (updatedAt !== seen) throw new Error(CHANGED);
}

/** Tells whether an approved article is still the text that was approved. */
export function isAsApproved({ approvedAt, updatedAt }: Article) {
  return updatedAt === approvedAt;
}

/** The write that changes an article, if nobody else has since it was read. */
export function changedArticle(table: string, { id, updatedAt }: Article, set: Step) {
  return changed(table, { id }, { set, where: { updatedAt } });
}

/** Makes the writes of a step, of which the first is the article's, and gives the article. */
export async function takeStep(table: string, id: string, writes: Parameters<typeof transact>[0]) {
  if ((await transact(writes)) !== null) throw new Error(CHANGED);
  return getRow<Article>(table, { id });
}
