import { runtime, util } from '@aws-appsync/utils';

export function request(context) {
  if (util.authType() === 'API Key Authorization') {
    runtime.earlyReturn('Hello, stranger');
  }
  if (!context.args.name) {
    util.error('Say a name', 'Nameless', null, { wanted: ['name'] });
  }
  context.stash.words = ['Hello', ...context.args.name.split(' ')];
  return { payload: context.identity.username };
}

export function response({ stash, result }) {
  let said = '';
  for (const word of stash.words) {
    said += `${said ? ' ' : ''}${word.toUpperCase()}`;
  }
  if (stash.words.length > 3) {
    util.appendError('Long names are hard to remember', 'LongName');
  }
  return `${said}, says ${result}`;
}
