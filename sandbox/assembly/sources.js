// What drives functions in an assembly: queues, streams, what reads them, and schedules.
import { ACCOUNT, REGION } from './stack.js';

/** @typedef {import('./model.js').Reader} Reader */

/**
 * @typedef {object} QueueModel
 * @property {string} arn
 * @property {string} name
 * @property {string} label What people call it.
 * @property {boolean} isFifo
 * @property {boolean} byContent If messages with the same content are one.
 * @property {number} delay Of messages, in seconds.
 * @property {number} visibility How long a message that was received is not seen, in seconds.
 * @property {{queue: string, receives: number} | null} deadLetters
 */
/** @typedef {{arn: string, name: string, label: string, shards: number}} StreamModel */
/**
 * @typedef {object} Mapping
 * @property {string} source The ARN of a queue or a stream.
 * @property {string} target The ARN of a function.
 * @property {number} size The most that the function is given at once.
 * @property {number} window How long is waited for so much, in seconds.
 * @property {boolean} isPartial If the function says which of it failed.
 * @property {boolean} bisects If what failed is tried again by halves.
 * @property {number} retries -1 for without end.
 * @property {number} age Until when something is tried, in seconds; -1 for always.
 * @property {string | null} failures The ARN of where it is said what was given up.
 * @property {string[]} filters Patterns as JSON, of which one must match.
 */
/**
 * @typedef {object} ScheduleModel
 * @property {string} arn
 * @property {string} target The ARN of a function or a queue.
 * @property {string} expression
 * @property {string} zone
 * @property {string | null} input The event, if it is not that of a schedule.
 * @property {boolean} isRule If it is a rule of an event bus.
 */
/** @typedef {{queues: QueueModel[], streams: StreamModel[], mappings: Mapping[]}} SourcesModel */

/** @returns {SourcesModel} */
export const noSources = () => ({ queues: [], streams: [], mappings: [] });

const ON_DEMAND_SHARDS = 4;
const SIZES = { sqs: 10, other: 100 };

/** @type {Record<string, Reader>} */
export const SOURCE_READERS = {
  'AWS::SQS::Queue': (properties, key, { arn, model }) => {
    const { RedrivePolicy: redrive } = properties;
    model.sources.queues.push({
      arn,
      name: arn.slice(arn.lastIndexOf(':') + 1),
      label: properties.QueueName ?? labelOf(key),
      isFifo: properties.FifoQueue === true,
      byContent: properties.ContentBasedDeduplication === true,
      delay: properties.DelaySeconds ?? 0,
      visibility: properties.VisibilityTimeout ?? 30,
      deadLetters: redrive && {
        queue: redrive.deadLetterTargetArn,
        receives: Number(redrive.maxReceiveCount),
      },
    });
  },
  'AWS::Kinesis::Stream': (properties, key, { arn, model }) => {
    const name = arn.slice(arn.lastIndexOf('/') + 1);
    const isOnDemand = properties.StreamModeDetails?.StreamMode === 'ON_DEMAND';
    const shards = isOnDemand ? ON_DEMAND_SHARDS : (properties.ShardCount ?? 1);
    model.sources.streams.push({ arn, name, label: properties.Name ?? labelOf(key), shards });
  },
  'AWS::Lambda::EventSourceMapping': (properties, _, { model }) => {
    if (properties.Enabled === false || !properties.EventSourceArn) return;
    const service = properties.EventSourceArn.split(':')[2];
    model.sources.mappings.push({
      source: properties.EventSourceArn,
      target: functionArn(properties.FunctionName),
      size: properties.BatchSize ?? (service === 'sqs' ? SIZES.sqs : SIZES.other),
      window: properties.MaximumBatchingWindowInSeconds ?? 0,
      isPartial: (properties.FunctionResponseTypes ?? []).includes('ReportBatchItemFailures'),
      bisects: properties.BisectBatchOnFunctionError === true,
      retries: properties.MaximumRetryAttempts ?? -1,
      age: properties.MaximumRecordAgeInSeconds ?? -1,
      failures: properties.DestinationConfig?.OnFailure?.Destination ?? null,
      filters: (properties.FilterCriteria?.Filters ?? []).map(
        (/** @type {{Pattern: string}} */ { Pattern }) => Pattern,
      ),
    });
  },
  'AWS::Scheduler::Schedule': (properties, _, { arn, model }) => {
    if (properties.State === 'DISABLED') return;
    const { Arn: target, Input: input = null } = properties.Target;
    const { ScheduleExpression: expression, ScheduleExpressionTimezone: zone } = properties;
    model.schedules.push({ arn, target, expression, zone: zone ?? 'UTC', input, isRule: false });
  },
  'AWS::Events::Rule': (properties, _, { arn, model }) => {
    const { ScheduleExpression: expression, State: state, Targets: targets = [] } = properties;
    if (expression === undefined || state === 'DISABLED') return;
    for (const { Arn: target, Input: input = null } of targets) {
      model.schedules.push({ arn, target, expression, zone: 'UTC', input, isRule: true });
    }
  },
};

/**
 * A resource's name in the code: without its stack, and without what the CDK adds to it.
 * @param {string} key
 */
function labelOf(key) {
  return key.slice(key.lastIndexOf('-') + 1).replace(/[0-9A-F]{8}$/, '');
}

/** @param {string} name A function's, or its ARN. */
function functionArn(name) {
  return name.startsWith('arn:') ? name : `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;
}
