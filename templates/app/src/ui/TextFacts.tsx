import { Button } from '@aws-amplify/ui-react';
import { useState, type ReactNode } from 'react';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

interface TextFactsProps {
  text: string;
  preview: (text: string) => ReactNode;
}

/** How long a text is, and how people will see it. */
export function TextFacts({ text, preview }: TextFactsProps) {
  const [isPreviewed, setIsPreviewed] = useState(false);
  const words = countWords(text);
  return (
    <>
      <div className="editor-facts">
        <p className="muted">
          {words.toLocaleString()} {words === 1 ? 'word' : 'words'}
        </p>
        <Button
          size="small"
          aria-pressed={isPreviewed}
          onClick={() => setIsPreviewed(!isPreviewed)}
        >
          Preview
        </Button>
      </div>
      {isPreviewed && (
        <section className="editor-preview" aria-label="Preview">
          {preview(text)}
        </section>
      )}
    </>
  );
}

/** Counts words in any language. */
function countWords(text: string): number {
  return Array.from(segmenter.segment(text)).filter(({ isWordLike }) => isWordLike).length;
}
