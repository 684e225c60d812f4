import { Fragment } from 'react';

import './PlainText.css';

const ADDRESS = /(https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]])/i;

/** A text as it was written, with its line breaks and its addresses as links. */
export function PlainText({ text }: { text: string | null | undefined }) {
  return (
    <p className="plain-text">
      {(text ?? '').split(ADDRESS).map((part, index) => (
        // Every other part is an address, for the expression has one group.
        <Fragment key={index}>
          {index % 2 === 1 && URL.canParse(part) ? (
            <a href={part} rel="noreferrer nofollow ugc">
              {part}
            </a>
          ) : (
            part
          )}
        </Fragment>
      ))}
    </p>
  );
}
