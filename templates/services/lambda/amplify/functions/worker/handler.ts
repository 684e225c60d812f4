import type { Context, KinesisStreamEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';

/** What Step Functions, EventBridge or a direct invocation pass: one JSON object. */
type DirectEvent = Record<string, unknown>;
type WorkerEvent = KinesisStreamEvent | SQSEvent | DirectEvent;

/** Put the work here. Throw to have it tried again, and set aside if it keeps failing. */
function work(payload: unknown): Promise<void> {
  return typeof payload === 'object' && payload !== null
    ? Promise.resolve()
    : Promise.reject(new TypeError('Expected an object'));
}

function sourceOf(event: WorkerEvent): unknown {
  const records: unknown = event.Records;
  const first: unknown = Array.isArray(records) ? records[0] : undefined;
  return typeof first === 'object' && first !== null && 'eventSource' in first
    ? first.eventSource
    : undefined;
}
const isKinesis = (event: WorkerEvent): event is KinesisStreamEvent =>
  sourceOf(event) === 'aws:kinesis';
const isSqs = (event: WorkerEvent): event is SQSEvent => sourceOf(event) === 'aws:sqs';

/** Does one item and logs how it went: one line of JSON, with nothing of what the item holds. */
async function attempt(
  source: string,
  id: string,
  read: () => unknown,
): Promise<Error | undefined> {
  try {
    await work(read());
    console.info(JSON.stringify({ level: 'info', source, id, outcome: 'done' }));
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown';
    console.error(JSON.stringify({ level: 'error', source, id, outcome: 'failed', reason }));
    return error instanceof Error ? error : new Error(reason);
  }
}

/** Answers a batch with the items to be sent again; anything else succeeds or throws. */
export async function handler(
  event: WorkerEvent,
  context: Pick<Context, 'awsRequestId'>,
): Promise<SQSBatchResponse | { done: true }> {
  if (isKinesis(event)) {
    for (const { kinesis } of event.Records) {
      const read = (): unknown => JSON.parse(Buffer.from(kinesis.data, 'base64').toString());
      const failure = await attempt('kinesis', kinesis.sequenceNumber, read);
      // Records keep their order: Lambda sends this one again, and all after it.
      if (failure) return { batchItemFailures: [{ itemIdentifier: kinesis.sequenceNumber }] };
    }
    return { batchItemFailures: [] };
  }
  if (isSqs(event)) {
    const failed: SQSBatchResponse['batchItemFailures'] = [];
    for (const { messageId, body } of event.Records) {
      const failure = await attempt('sqs', messageId, (): unknown => JSON.parse(body));
      if (failure) failed.push({ itemIdentifier: messageId });
    }
    return { batchItemFailures: failed };
  }
  const failure = await attempt('direct', context.awsRequestId, () => event);
  if (failure) throw failure;
  return { done: true };
}
