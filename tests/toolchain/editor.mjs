// Answers what the YAML language server shows an editor: a JSON array of questions on stdin, the
// answers on stdout. A question is a document, and where the cursor is.
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

const [packages] = process.argv.slice(2);
const require = createRequire(`${packages}/`);
const { getLanguageService } = require('yaml-language-server');
const { TextDocument } = require('vscode-languageserver-textdocument');

const { schema, questions } = JSON.parse(await text(process.stdin));
const service = getLanguageService({
  // The first line of shipped patterns names the schema by its place.
  schemaRequestService: () => Promise.resolve(JSON.stringify(schema)),
  workspaceContext: { resolveRelativePath: (path) => path },
  telemetry: {
    send() {},
    sendTrack() {},
    sendError(name, properties) {
      throw new Error(JSON.stringify([name, properties]));
    },
  },
});
service.configure({
  validate: true,
  completion: true,
  hover: true,
  yamlVersion: '1.2',
  schemas: [{ uri: 'ace://pattern.schema.json', fileMatch: ['*'], schema }],
});

const answers = [];
for (const [index, { text, offset }] of questions.entries()) {
  const document = TextDocument.create(`file:///${index}.yml`, 'yaml', 1, text);
  const position = document.positionAt(offset);
  const { items } = await service.doComplete(document, position, false);
  const hover = await service.doHover(document, position);
  answers.push({
    completions: Object.fromEntries(
      items.map(({ label, documentation }) => [label, documentation?.value ?? documentation ?? '']),
    ),
    hover: hover?.contents.value ?? '',
    problems: (await service.doValidation(document, false)).map(({ message }) => message),
  });
}
process.stdout.write(JSON.stringify(answers));
