import { VisuallyHidden } from '@aws-amplify/ui-react';
import { useState, type ReactNode } from 'react';

import { Lightbox } from './Lightbox';
import { Picture } from './Picture';
import { RecordLink } from './RecordLink';
import './Gallery.css';

/** A picture with what is said of it. */
export interface Pictured {
  id: string;
  title: string;
  /** What it shows, for people who do not see it. */
  alt: string;
  path: string | undefined;
  /** The buttons of what has this picture. */
  actions?: ReactNode;
}

interface PicturesProps {
  pictures: readonly Pictured[];
  isBusy: boolean;
  detailHref?: string | undefined;
}

/** Pictures side by side; each can be opened, and the others from there. */
export function Pictures({ pictures, isBusy, detailHref }: PicturesProps) {
  const [openId, setOpenId] = useState<string>();
  const shown = pictures.flatMap(({ path, ...rest }) => (path ? [{ path, ...rest }] : []));
  const index = shown.findIndex(({ id }) => id === openId);
  return (
    <>
      <ul className="pictures" aria-busy={isBusy}>
        {pictures.map(({ id, title, alt, path, actions }) => (
          <li key={id} className="picture">
            {path ? (
              <button
                type="button"
                className="picture-frame"
                aria-haspopup="dialog"
                onClick={() => setOpenId(id)}
              >
                <VisuallyHidden>Open {alt}</VisuallyHidden>
                <Picture path={path} alt="" />
              </button>
            ) : (
              <p className="picture-frame picture-missing">No picture</p>
            )}
            <h3>
              <RecordLink detailHref={detailHref} id={id}>
                {title}
              </RecordLink>
            </h3>
            {actions}
          </li>
        ))}
      </ul>
      {index >= 0 && (
        <Lightbox
          pictures={shown}
          index={index}
          onTurn={(next) => setOpenId(shown[next]?.id)}
          onClose={() => setOpenId(undefined)}
        />
      )}
    </>
  );
}
