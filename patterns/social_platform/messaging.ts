import { randomUUID } from 'node:crypto';
import { env } from '$amplify/env/messaging';
import type { Schema } from '../../data/resource';
import { dataClient } from '../data';
import { subOf, type Call } from '../shared/caller';
import { getRow, transact } from '../shared/tables';
import { findProfile, ownProfile, told } from '../social/profiles';

interface Conversation {
  id: string;
  participants: string[];
}

interface Message {
  id: string;
  conversationId: string;
  senderId: string;
}

const MOST_PARTICIPANTS = 50;
const LONGEST = 5000;
const LONGEST_TITLE = 120;

const names = new Intl.ListFormat('en');

// What is written through the API, those who subscribe are told of at once.
const client = dataClient(env);

function findConversation(id: string) {
  return getRow<Conversation>(env.CONVERSATION_TABLE, { id });
}

function checkErrors(errors: { message: string }[] | undefined) {
  if (errors?.length) throw new Error(errors.map(({ message }) => message).join('; '));
}

/** What a conversation is called until somebody gives it a title. */
function titleOf(members: { displayName: string }[]) {
  const title = names.format(members.map(({ displayName }) => displayName));
  return title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1)}…` : title;
}

async function start(me: string, others: string[], title?: string | null) {
  const participants = [...new Set([me, ...others])].sort();
  if (participants.length < 2) throw new Error('A conversation needs somebody else');
  if (participants.length > MOST_PARTICIPANTS) {
    throw new Error(`A conversation has at most ${MOST_PARTICIPANTS} members`);
  }
  await ownProfile(env.USER_TABLE, me);
  const profiles = await Promise.all(participants.map((id) => findProfile(env.USER_TABLE, id)));
  const members = profiles.filter((profile) => profile !== undefined);
  if (members.length < participants.length) throw new Error('There is no such member');
  // Two have one conversation with each other, whoever starts it and however often.
  const type = participants.length === 2 ? 'direct' : 'group';
  const id = type === 'direct' ? participants.join(':') : randomUUID();
  const known = await findConversation(id);
  if (known) return known;
  const { models } = await client;
  const { data, errors } = await models.Conversation.create({
    id,
    participants,
    type,
    title: title?.trim() || titleOf(members),
  });
  if (!data) {
    const made = await findConversation(id);
    if (made) return made;
  }
  checkErrors(errors);
  return data;
}

/** Makes a message; one that its sender has made before, and sends again, is the same. */
async function written(message: Schema['Message']['createType']) {
  const { models } = await client;
  const { data, errors } = await models.Message.create(message);
  if (data) return data;
  const { id, senderId, conversationId } = message;
  const known = id ? await getRow<Message>(env.MESSAGE_TABLE, { id }) : undefined;
  if (known?.senderId === senderId && known.conversationId === conversationId) return known;
  checkErrors(errors);
  return null;
}

async function send(me: string, args: Schema['sendMessage']['args']) {
  const { id, conversationId, attachment, messageType } = args;
  const content = args.content.trim();
  if (!content || content.length > LONGEST) {
    throw new Error(`A message has 1 to ${LONGEST} characters`);
  }
  const conversation = await findConversation(conversationId);
  if (!conversation?.participants.includes(me)) throw new Error('There is no such conversation');
  const { participants } = conversation;
  const { displayName } = await ownProfile(env.USER_TABLE, me);
  const message = await written({
    ...(id && { id }),
    conversationId,
    participants,
    senderId: me,
    content,
    messageType: messageType ?? 'text',
    ...(attachment && { attachment }),
  });
  const { models } = await client;
  const updated = await models.Conversation.update({
    id: conversationId,
    lastMessageAt: new Date().toISOString(),
  });
  checkErrors(updated.errors);
  await transact(
    participants
      .filter((userId) => userId !== me)
      .map((userId) =>
        told(env.NOTIFICATION_TABLE, {
          about: `message:${conversationId}`,
          userId,
          actorId: me,
          type: 'message',
          title: `${displayName} has written to you`,
        }),
      ),
  );
  return message;
}

export function handler(event: Call<'startConversation' | 'startGroup' | 'sendMessage'>) {
  const me = subOf(event);
  switch (event.fieldName) {
    case 'startConversation':
      return start(me, [event.arguments.userId]);
    case 'startGroup': {
      const { userIds, title } = event.arguments;
      return start(
        me,
        userIds.filter((id) => id !== null),
        title,
      );
    }
    case 'sendMessage':
      return send(me, event.arguments);
  }
}
