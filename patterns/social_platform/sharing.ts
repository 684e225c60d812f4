import { randomUUID } from 'node:crypto';
import { env } from '$amplify/env/sharing';
import type { Schema } from '../../data/resource';
import { subOf, type Call } from '../shared/caller';
import { created, getRow, queryRows, transact } from '../shared/tables';
import { ownProfile } from '../social/profiles';

const LONGEST = 5000;
// The post holds the ids of all who may read it.
const MOST_READERS = 2000;

/** The members who follow somebody, but not those who have only asked to. */
async function followersOf(userId: string) {
  const follows = await queryRows<{ followerId: string }>(
    {
      TableName: env.FOLLOW_TABLE,
      IndexName: 'byFollowed',
      KeyConditionExpression: 'followedId = :me AND #status = :accepted',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':me': userId, ':accepted': 'accepted' },
    },
    MOST_READERS + 1,
  );
  if (follows.length > MOST_READERS) {
    throw new Error(`More than ${MOST_READERS} members follow you: make it a public post`);
  }
  return follows.map(({ followerId }) => followerId);
}

async function share(authorId: string, args: Schema['sharePrivately']['args']) {
  const content = args.content.trim();
  if (!content || content.length > LONGEST) {
    throw new Error(`A post has 1 to ${LONGEST} characters`);
  }
  await ownProfile(env.USER_TABLE, authorId);
  const id = randomUUID();
  await transact([
    created(env.PRIVATE_POST_TABLE, 'PrivatePost', {
      id,
      authorId,
      audience: args.readers === 'followers' ? await followersOf(authorId) : [],
      content,
      readers: args.readers,
    }),
  ]);
  return getRow(env.PRIVATE_POST_TABLE, { id });
}

export function handler(event: Call<'sharePrivately'>) {
  return share(subOf(event), event.arguments);
}
