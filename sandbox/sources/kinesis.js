// Kinesis streams: records of shards in their order, and the operations that put them there.
import { createHash } from 'node:crypto';
import { REGION } from '../assembly/stack.js';
import { answered, ServiceError } from './protocol.js';

/** @typedef {import('../assembly/sources.js').StreamModel} StreamModel */
/** @typedef {import('./protocol.js').Guard} Guard */
/** @typedef {import('./protocol.js').Request} Request */
/** @typedef {import('./streams.js').Entry} Entry */

const KEYS = 2n ** 128n;
const BATCH = 500;
const BYTES = 1024 * 1024;
let last = 0n;

/** A number that is larger than all before, also those of earlier processes. */
export function sequenceNumber() {
  const now = BigInt(Date.now()) * 1_000_000n;
  last = now > last ? now : last + 1n;
  return String(last);
}

/**
 * @param {StreamModel[]} streams
 * @param {(stream: StreamModel, shard: string, entry: Entry) => void} publish
 * @param {string} operation
 * @param {Buffer} body
 * @param {Guard} guard Throws when the caller may not do something.
 */
export function kinesis(streams, publish, operation, body, guard) {
  /**
   * @param {Request} request
   * @param {string} action
   */
  const asked = ({ StreamName: name, StreamARN: arn }, action) => {
    const stream =
      streams.find((one) => one.name === name || one.arn === arn) ??
      streams.find(({ label }) => label === name);
    if (!stream) throw new ServiceError('ResourceNotFoundException', `Stream ${name} not found.`);
    guard(`kinesis:${action}`, stream.arn);
    return stream;
  };
  /**
   * @param {StreamModel} stream
   * @param {Request} record
   */
  const put = (stream, record) => {
    const ShardId = shardOf(stream, record);
    const SequenceNumber = sequenceNumber();
    publish(stream, ShardId, entry(stream, ShardId, SequenceNumber, record));
    return { ShardId, SequenceNumber };
  };

  /** @type {Record<string, (request: Request) => Request>} */
  const operations = {
    PutRecord: (request) => {
      const stream = asked(request, 'PutRecord');
      checked(request);
      return put(stream, request);
    },
    PutRecords: (request) => {
      const stream = asked(request, 'PutRecords');
      const { Records: records = [] } = request;
      if (records.length === 0 || records.length > BATCH) {
        throw new ServiceError('ValidationException', `Records must have 1 to ${BATCH} members.`);
      }
      records.forEach(checked);
      const made = records.map((/** @type {Request} */ record) => put(stream, record));
      return { FailedRecordCount: 0, Records: made };
    },
    DescribeStreamSummary: (request) => {
      const { arn, name, shards } = asked(request, 'DescribeStreamSummary');
      return {
        StreamDescriptionSummary: {
          StreamARN: arn,
          StreamName: name,
          StreamStatus: 'ACTIVE',
          OpenShardCount: shards,
        },
      };
    },
    ListStreams: () => {
      guard('kinesis:ListStreams', '*');
      return { StreamNames: streams.map(({ name }) => name), HasMoreStreams: false };
    },
  };
  return answered(operations, 'com.amazonaws.kinesis.v20131202', operation, body);
}

/** @param {Request} record */
function checked({ Data, PartitionKey }) {
  if (typeof PartitionKey !== 'string' || PartitionKey === '' || PartitionKey.length > 256) {
    throw new ServiceError('ValidationException', 'A PartitionKey has 1 to 256 characters.');
  }
  if (typeof Data !== 'string' || Buffer.byteLength(Data, 'base64') > BYTES) {
    throw new ServiceError('ValidationException', `Data are at most ${BYTES} bytes, in base 64.`);
  }
}

/**
 * @param {StreamModel} stream
 * @param {Request} record
 */
function shardOf({ shards }, { PartitionKey, ExplicitHashKey }) {
  const digest = createHash('md5').update(PartitionKey).digest('hex');
  const hash = ExplicitHashKey === undefined ? BigInt(`0x${digest}`) : BigInt(ExplicitHashKey);
  const number = (hash * BigInt(shards)) / KEYS;
  return `shardId-${String(number).padStart(12, '0')}`;
}

/**
 * A record as functions get it.
 * @param {StreamModel} stream
 * @param {string} shard
 * @param {string} sequence
 * @param {Request} record
 * @returns {Entry}
 */
function entry({ arn }, shard, sequence, { Data: data, PartitionKey: partitionKey }) {
  const at = Date.now();
  const event = {
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey,
      sequenceNumber: sequence,
      data,
      approximateArrivalTimestamp: at / 1000,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `${shard}:${sequence}`,
    eventName: 'aws:kinesis:record',
    awsRegion: REGION,
    eventSourceARN: arn,
  };
  return { event, sequence, at };
}
