// Events as they come from the stream, and what they are counted by.

export interface ReceivedEvent {
  id: string;
  eventType: string;
  source: string;
  organizationId: string;
  timestamp: string;
  data: unknown;
  metadata?: unknown;
  userId?: string;
  sessionId?: string;
}

/** How many events of a type an organization had in an hour. */
export interface EventTotal {
  id: string;
  organizationId: string;
  eventType: string;
  hour: string;
}

const LONGEST = 100;
const LARGEST = 64 * 1024;

function text(value: unknown, name: string) {
  if (typeof value === 'string' && value && value.length <= LONGEST) return value;
  throw new TypeError(`${name} is no text of 1 to ${LONGEST} characters`);
}

function optionalText(value: unknown, name: string) {
  return value === undefined || value === null ? undefined : text(value, name);
}

/** Reads an event; throws when it is none. */
export function readEvent(id: string, content: string): ReceivedEvent {
  if (content.length > LARGEST) throw new TypeError(`It is larger than ${LARGEST} characters`);
  const given: unknown = JSON.parse(content);
  if (typeof given !== 'object' || given === null) throw new TypeError('It is no object');
  const fields: Record<string, unknown> = { ...given };
  const moment = new Date(text(fields.timestamp, 'timestamp'));
  if (Number.isNaN(moment.getTime())) throw new TypeError('timestamp is no moment');
  return {
    id,
    eventType: text(fields.eventType, 'eventType'),
    source: text(fields.source, 'source'),
    organizationId: text(fields.organizationId, 'organizationId'),
    timestamp: moment.toISOString(),
    data: fields.data ?? {},
    metadata: fields.metadata ?? undefined,
    userId: optionalText(fields.userId, 'userId'),
    sessionId: optionalText(fields.sessionId, 'sessionId'),
  };
}

/** What counts an event. */
export function totalOf({ organizationId, eventType, timestamp }: ReceivedEvent): EventTotal {
  const hour = `${timestamp.slice(0, 'YYYY-MM-DDTHH'.length)}:00:00.000Z`;
  return { id: `${organizationId}:${eventType}:${hour}`, organizationId, eventType, hour };
}
