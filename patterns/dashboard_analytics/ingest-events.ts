import { env } from '$amplify/env/worker';
import type { KinesisStreamHandler, KinesisStreamRecord } from 'aws-lambda';
import { readEvent, totalOf, type EventTotal, type ReceivedEvent } from '../analytics/events';
import type { Organization } from '../analytics/teams';
import { created, getRow, refused, type Write } from '../shared/tables';

interface Received {
  sequenceNumber: string;
  event: ReceivedEvent;
}

/** Events that are counted together, few enough for one transaction. */
interface Group {
  total: EventTotal;
  received: Received[];
}

const DAY = 24 * 60 * 60;
const EVENT_DAYS = 90;
const TOTAL_DAYS = 2 * 365;
const MOST_TOGETHER = 50;

function log(sequenceNumber: string, outcome: string, error: unknown) {
  const reason = error instanceof Error ? error.name : 'unknown';
  console.error(JSON.stringify({ level: 'error', sequenceNumber, outcome, reason }));
}

/** Reads a record. One that holds no event never will, and must not keep the others waiting. */
function read({ eventID, kinesis: { data, sequenceNumber } }: KinesisStreamRecord): Received[] {
  try {
    const content = Buffer.from(data, 'base64').toString();
    // The id is that of the record in the stream, so that no record is an event twice.
    return [{ sequenceNumber, event: readEvent(eventID, content) }];
  } catch (error) {
    log(sequenceNumber, 'left out', error);
    return [];
  }
}

function grouped(all: Received[]) {
  const groups: Group[] = [];
  const open = new Map<string, Group>();
  for (const item of all) {
    const total = totalOf(item.event);
    const group = open.get(total.id);
    if (group && group.received.length < MOST_TOGETHER) {
      group.received.push(item);
    } else {
      const begun = { total, received: [item] };
      open.set(total.id, begun);
      groups.push(begun);
    }
  }
  return groups;
}

/** When what is of a moment is deleted, in seconds since 1970. */
function expiry(moment: string, days: number) {
  return Math.floor(Date.parse(moment) / 1000) + days * DAY;
}

/** The write that adds to a total, which may not be there yet. */
function added({ id, ...total }: EventTotal, team: string, count: number): Write {
  const values = {
    __typename: 'EventTotal',
    updatedAt: new Date().toISOString(),
    ...total,
    team,
    expiresAt: expiry(total.hour, TOTAL_DAYS),
  };
  const names = Object.keys(values);
  const sets = names.map((name) => `#${name} = :${name}`);
  return {
    Update: {
      TableName: env.EVENT_TOTAL_TABLE,
      Key: { id },
      UpdateExpression: `SET ${sets.join(', ')}, #createdAt = if_not_exists(#createdAt, :updatedAt) ADD #count :count`,
      ExpressionAttributeNames: Object.fromEntries(
        [...names, 'createdAt', 'count'].map((name) => [`#${name}`, name]),
      ),
      ExpressionAttributeValues: {
        ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value])),
        ':count': count,
      },
    },
  };
}

/** Keeps and counts events in one step, but for those that were kept before. */
async function keep({ total, received }: Group) {
  const key = { id: total.organizationId };
  const organization = await getRow<Organization>(env.ORGANIZATION_TABLE, key);
  if (!organization) {
    for (const { sequenceNumber } of received) {
      log(sequenceNumber, 'left out', new Error('There is no such organization'));
    }
    return;
  }
  const { team } = organization;
  let fresh = received;
  while (fresh.length) {
    const known = await refused([
      ...fresh.map(({ event }) =>
        created(env.EVENT_TABLE, 'Event', {
          ...event,
          team,
          expiresAt: expiry(event.timestamp, EVENT_DAYS),
        }),
      ),
      added(total, team, fresh.length),
    ]);
    if (!known.length) return;
    fresh = fresh.filter((_, position) => !known.includes(position));
  }
}

// Makes events of the records of the stream. Those that could not be kept are named, so that
// Lambda sends them again; the rest of what it then sends was counted before, and is not again.
export const handler: KinesisStreamHandler = async ({ Records }) => {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  const once = new Map(Records.map((record) => [record.eventID, record]));
  for (const group of grouped([...once.values()].flatMap(read))) {
    try {
      await keep(group);
    } catch (error) {
      for (const { sequenceNumber } of group.received) {
        log(sequenceNumber, 'failed', error);
        batchItemFailures.push({ itemIdentifier: sequenceNumber });
      }
    }
  }
  return { batchItemFailures };
};
