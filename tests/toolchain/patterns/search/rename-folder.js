import { util as tools } from '@aws-appsync/utils';
import * as ddb from '@aws-appsync/utils/dynamodb';

export const request = ({ args }) =>
  ddb.update({
    key: { id: args.id },
    update: { name: args.name, updatedAt: tools.time.nowISO8601() },
    condition: { id: { attributeExists: true } },
  });

export function response({ error, result }) {
  if (error) {
    tools.error(`There is no such folder: ${error.type}`, 'NotFound');
  }
  return result;
}
