import ReactMarkdown, { type Components } from 'react-markdown';

import { Thumbnail } from './Thumbnails';
import './Markdown.css';

interface Tree {
  children: { tagName?: string }[];
}

const COMPONENTS: Components = {
  a: ({ href, children }) =>
    href ? (
      <a href={href} rel="noreferrer nofollow ugc">
        {children}
      </a>
    ) : (
      children
    ),
  img: ({ src, alt = '' }) =>
    typeof src === 'string' && src !== '' ? <Thumbnail path={src} alt={alt} /> : alt,
  pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
};

/** Markdown as elements of the page. HTML in it is shown, and what an address would run left out. */
export default function MarkdownText({ text }: { text: string }) {
  return (
    <div className="markdown">
      <ReactMarkdown components={COMPONENTS} rehypePlugins={[lowerHeadings]}>
        {text}
      </ReactMarkdown>
    </div>
  );
}

/** Puts the headings of a text below that of its record, and leaves out no level between them. */
function lowerHeadings() {
  return ({ children }: Tree) => {
    let above = 2;
    for (const element of children) {
      const [, level] = /^h([1-6])$/.exec(element.tagName ?? '') ?? [];
      if (level !== undefined) {
        above = Math.min(Number(level) + 2, above + 1, 6);
        element.tagName = `h${above}`;
      }
    }
  };
}
