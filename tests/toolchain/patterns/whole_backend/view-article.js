import { util } from '@aws-appsync/utils';

export function request(context) {
  return {
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues({ id: context.args.id }),
    update: {
      expression: 'ADD #views :one',
      expressionNames: { '#views': 'views' },
      expressionValues: { ':one': { N: 1 } },
    },
  };
}

export function response(context) {
  return context.result;
}
