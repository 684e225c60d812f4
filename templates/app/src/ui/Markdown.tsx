import { lazy, Suspense } from 'react';

import { formatText } from './format';
import { PlainText } from './PlainText';

const MarkdownText = lazy(() => import('./MarkdownText'));

/** A text with Markdown in it, which can be read before what formats it is there. */
export function Markdown({ text }: { text: string | null | undefined }) {
  return text ? (
    <Suspense fallback={<PlainText text={text} />}>
      <MarkdownText text={text} />
    </Suspense>
  ) : (
    formatText(text)
  );
}
