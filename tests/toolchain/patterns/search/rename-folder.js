import { util as tools } from '@aws-appsync/utils';

export const request = ({ args }) => ({
  operation: 'UpdateItem',
  key: tools.dynamodb.toMapValues({ id: args.id }),
  update: {
    expression: 'SET #name = :name, #at = :at',
    expressionNames: { '#name': 'name', '#at': 'updatedAt' },
    expressionValues: tools.dynamodb.toMapValues({
      ':name': args.name,
      ':at': tools.time.nowISO8601(),
    }),
  },
  condition: {
    expression: 'attribute_exists(#id)',
    expressionNames: { '#id': 'id' },
  },
});

export function response({ error, result }) {
  if (error) {
    tools.error(`There is no such folder: ${error.type}`, 'NotFound');
  }
  return result;
}
