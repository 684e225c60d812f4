import { env } from '$amplify/env/home-feed';
import { subOf, type Call } from '../shared/caller';
import { queryRows } from '../shared/tables';

interface Follow {
  followedId: string;
}

interface Post {
  id: string;
  createdAt: string;
}

/** The last post that somebody has: what is older comes after it. */
type Place = Pick<Post, 'id' | 'createdAt'>;

const PAGE = 20;
const LARGEST_PAGE = 100;
const AT_ONCE = 50;
// Behind all dates.
const END = '~';

function placeOf(token: string): Place {
  const [createdAt = '', id = ''] = token.split('/');
  if (!Date.parse(createdAt) || !id) throw new Error('This is no place in the feed');
  return { createdAt, id };
}

/** Newer posts first, and of the same moment those with the greater id. */
function newestFirst(one: Place, other: Place) {
  const [first, second] = [one, other].map(({ createdAt, id }) => `${createdAt}/${id}`);
  return String(second) < String(first) ? -1 : 1;
}

function followedBy(userId: string) {
  return queryRows<Follow>({
    TableName: env.FOLLOW_TABLE,
    IndexName: 'byFollower',
    KeyConditionExpression: 'followerId = :me AND #status = :accepted',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':me': userId, ':accepted': 'accepted' },
  });
}

/** The posts of a member of a moment, or the newest before it. */
function postsBy(authorId: string, comparison: '=' | '<', moment: string, limit = Infinity) {
  return queryRows<Post>(
    {
      TableName: env.POST_TABLE,
      IndexName: 'byAuthor',
      KeyConditionExpression: `authorId = :author AND createdAt ${comparison} :moment`,
      FilterExpression: 'attribute_not_exists(visibility) OR visibility <> :unlisted',
      ExpressionAttributeValues: {
        ':author': authorId,
        ':moment': moment,
        ':unlisted': 'unlisted',
      },
      ScanIndexForward: false,
      ...(limit < Infinity && { Limit: limit }),
    },
    limit,
  );
}

/** The newest posts of a member that come after a place: so many, or some more. */
async function postsOf(authorId: string, limit: number, after: Place | null) {
  const [same, older] = await Promise.all([
    after ? postsBy(authorId, '=', after.createdAt) : [],
    postsBy(authorId, '<', after?.createdAt ?? END, limit),
  ]);
  const last = older.at(-1);
  // Posts of one moment are found in no order: where a page ends among them, it takes all to sort.
  const all = last && older.length === limit ? await postsBy(authorId, '=', last.createdAt) : [];
  const rest = same.filter(({ id }) => after && id < after.id);
  return [...new Map([...rest, ...older, ...all].map((post) => [post.id, post])).values()];
}

// The feed is put together when it is read. That takes a query for each member one follows, of
// whom there are at most a thousand; writing each post to the feeds of all followers would have no
// such limit, and would leave posts in feeds after they were deleted or their author unfollowed.
export async function handler(event: Call<'homeFeed'>) {
  const { limit, nextToken } = event.arguments;
  const size = Math.min(Math.max(limit ?? PAGE, 1), LARGEST_PAGE);
  const after = nextToken ? placeOf(nextToken) : null;
  const me = subOf(event);
  const authors = [me, ...(await followedBy(me)).map((item) => item.followedId)];
  let newest: Post[] = [];
  for (let start = 0; start < authors.length; start += AT_ONCE) {
    const some = authors.slice(start, start + AT_ONCE);
    const found = await Promise.all(some.map((author) => postsOf(author, size, after)));
    newest = [...newest, ...found.flat()].sort(newestFirst).slice(0, size);
  }
  return newest;
}
