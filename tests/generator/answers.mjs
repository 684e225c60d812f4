// What Prettier, TypeScript and JavaScript itself make of texts.
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { answerWith } from '../answering.mjs';

const [packages, settings] = process.argv.slice(2);
const prettier = await import(`${packages}/prettier/index.mjs`);
const { default: ts } = await import(`${packages}/typescript/lib/typescript.js`);
const options = JSON.parse(readFileSync(settings, 'utf8'));

const answers = {
  /** The text as Prettier writes it. */
  format: (text, filepath) => prettier.format(text, { ...options, filepath }),

  /** The values of expressions, as JavaScript sees them. */
  evaluate: (sources) => sources.map((source) => runInNewContext(`(${source})`)),

  /** The attributes of JSX elements, as React would get them. */
  attributes: (elements) => {
    const compilerOptions = { jsx: ts.JsxEmit.React, jsxFactory: 'element' };
    const { outputText } = ts.transpileModule(`[${elements.join(',\n')}];`, {
      compilerOptions,
      fileName: 'a.tsx',
    });
    return runInNewContext(outputText, { element: (tag, attributes) => attributes ?? {} });
  },

  /** The syntax tree as nested lists, with the values of its leaves and the comments at them. */
  parse: (text, filepath) => {
    const file = ts.createSourceFile(filepath, text, ts.ScriptTarget.Latest, true);
    if (file.parseDiagnostics.length > 0) {
      throw new Error(JSON.stringify(file.parseDiagnostics.map((item) => item.messageText)));
    }
    return shape(file);
  },
};

function shape(node) {
  const kind = ts.SyntaxKind[node.kind];
  if (ts.isParenthesizedExpression(node)) {
    return shape(node.expression);
  }
  if (ts.isJsxAttribute(node) && node.initializer) {
    return [kind, shape(node.name), attributeValue(node.initializer)];
  }
  const parts = node.getChildren().flatMap(childrenOf).filter(isPart);
  if (parts.length > 0) {
    return [kind, ...parts.map(shape)];
  }
  const comments = node.getFullText().slice(0, node.getLeadingTriviaWidth()).trim();
  return [kind, node.text ?? '', comments];
}

function childrenOf(node) {
  return node.kind === ts.SyntaxKind.SyntaxList ? node.getChildren() : [node];
}

/** Commas, and the space between elements, depend on where lines end. */
function isPart(node) {
  const isSpace = ts.isJsxText(node) && node.text.trim() === '';
  return node.kind !== ts.SyntaxKind.CommaToken && !isSpace;
}

/** `a="text"` and `a={'text'}` mean the same. */
function attributeValue(value) {
  const inner = ts.isJsxExpression(value) ? value.expression : value;
  return ts.isStringLiteral(inner) ? ['text', inner.text] : shape(inner);
}

await answerWith(answers);
