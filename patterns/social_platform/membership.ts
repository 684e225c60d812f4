import { env } from '$amplify/env/membership';
import type { Schema } from '../../data/resource';
import { subOf, type Call } from '../shared/caller';
import { changed, created, deleted, getRow, put, transact, type Write } from '../shared/tables';
import { removeFollows } from '../social/follows';
import { findProfile } from '../social/profiles';

const NAME = /^[A-Za-z0-9_]{3,30}$/;
const LONGEST_NAME = 80;
const LONGEST_BIO = 500;
const LONGEST_LOCATION = 120;
const CHANGED = 'This has changed in the meantime: look again';

/** Under which id a username is kept: Mia and mia are the same. */
function keyOf(username: string) {
  return username.toLowerCase();
}

function checkName(username: string) {
  if (NAME.test(username)) return;
  throw new Error('A username has 3 to 30 letters, digits and underscores');
}

/** The write that takes a username, if nobody has it. */
function taken(username: string, userId: string) {
  return created(env.USERNAME_TABLE, 'Username', { id: keyOf(username), userId });
}

/** The write that lets others have the username of a member. */
async function released(username: string, userId: string): Promise<Write[]> {
  const id = keyOf(username);
  const kept = await getRow<{ userId: string }>(env.USERNAME_TABLE, { id });
  return kept?.userId === userId
    ? [deleted(env.USERNAME_TABLE, { id }, { where: { userId } })]
    : [];
}

function textOf(text: string | null | undefined, longest: number, what: string) {
  const given = text?.trim();
  if (given && given.length > longest) throw new Error(`${what} has at most ${longest} characters`);
  return given || undefined;
}

async function join(userId: string, args: Schema['createProfile']['args']) {
  const { avatar, website, approvesFollowers } = args;
  const username = args.username.trim();
  checkName(username);
  const displayName = textOf(args.displayName, LONGEST_NAME, 'A name');
  if (!displayName) throw new Error('Say what others call you');
  const { Put } = put(env.USER_TABLE, 'User', {
    userId,
    username,
    displayName,
    avatar,
    bio: textOf(args.bio, LONGEST_BIO, 'What you say about yourself'),
    location: textOf(args.location, LONGEST_LOCATION, 'A place'),
    website,
    approvesFollowers: approvesFollowers ?? false,
  });
  const failed = await transact([
    { Put: { ...Put, ConditionExpression: 'attribute_not_exists(userId)' } },
    taken(username, userId),
  ]);
  if (failed === 0) throw new Error('You have a profile already');
  if (failed === 1) throw new Error('Somebody else has that username');
  return findProfile(env.USER_TABLE, userId);
}

async function rename(userId: string, name: string) {
  const username = name.trim();
  checkName(username);
  const me = await findProfile(env.USER_TABLE, userId);
  if (!me) throw new Error('Make a profile of your own first');
  const isKept = keyOf(me.username) === keyOf(username);
  const names = isKept ? [] : [taken(username, userId), ...(await released(me.username, userId))];
  const failed = await transact([
    changed(env.USER_TABLE, { userId }, { set: { username }, where: { username: me.username } }),
    ...names,
  ]);
  if (failed === 1) throw new Error('Somebody else has that username');
  if (failed !== null) throw new Error(CHANGED);
  return findProfile(env.USER_TABLE, userId);
}

/** Removes a profile. Its follows go first: they are not left behind if this is cut short. */
async function leave(userId: string) {
  const me = await findProfile(env.USER_TABLE, userId);
  await removeFollows(env, userId);
  if (me) {
    const failed = await transact([
      deleted(env.USER_TABLE, { userId }, { where: { username: me.username } }),
      ...(await released(me.username, userId)),
    ]);
    if (failed !== null) throw new Error(CHANGED);
  }
  // Nobody can follow any more; somebody may have done so until now.
  await removeFollows(env, userId);
  return true;
}

function checkOwn(me: string, userId: string) {
  if (userId !== me) throw new Error('This profile is not yours');
}

export function handler(event: Call<'createProfile' | 'changeUsername' | 'deleteProfile'>) {
  const me = subOf(event);
  switch (event.fieldName) {
    case 'createProfile':
      return join(me, event.arguments);
    case 'changeUsername':
      checkOwn(me, event.arguments.userId);
      return rename(me, event.arguments.username);
    case 'deleteProfile':
      checkOwn(me, event.arguments.userId);
      return leave(me);
  }
}
