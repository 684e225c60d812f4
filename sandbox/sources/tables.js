// What a table's stream says of a change.
import { randomUUID } from 'node:crypto';
import { REGION } from '../assembly/stack.js';
import { keyOf } from '../dynamodb/keys.js';
import { sequenceNumber } from './kinesis.js';

/** @typedef {import('../assembly/model.js').TableModel} TableModel */
/** @typedef {import('../dynamodb/database.js').Change} Change */

export const SHARD = 'shardId-00000000000000000000-00000000';

/** @param {string} arn Of a table's stream. */
export function tableOf(arn) {
  return arn.split('/')[1];
}

/**
 * @param {TableModel} table
 * @param {string} arn Of its stream.
 * @param {Change} change
 * @returns {import('./streams.js').Entry}
 */
export function changeEntry({ key, view }, arn, { before, after }) {
  const at = Date.now();
  const sequence = sequenceNumber();
  const isNewShown = after && view?.startsWith('NEW');
  const isOldShown = before && view?.includes('OLD');
  const content = {
    Keys: keyOf(key, after ?? before ?? {}),
    ...(isNewShown ? { NewImage: after } : {}),
    ...(isOldShown ? { OldImage: before } : {}),
  };
  const event = {
    eventID: randomUUID().replaceAll('-', ''),
    eventName: kindOf({ before, after }),
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: REGION,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(at / 1000),
      ...content,
      SequenceNumber: sequence,
      SizeBytes: Buffer.byteLength(JSON.stringify(content)),
      StreamViewType: view,
    },
    eventSourceARN: arn,
  };
  return { event, sequence, at };
}

/** @param {Change} change */
function kindOf({ before, after }) {
  if (!before) return 'INSERT';
  return after ? 'MODIFY' : 'REMOVE';
}
