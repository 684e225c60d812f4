import { VisuallyHidden } from '@aws-amplify/ui-react';
import { useState, type ReactNode } from 'react';

import { Lightbox } from './Lightbox';
import { Picture } from './Picture';
import { RecordLink } from './RecordLink';
import './Gallery.css';

/** What has pictures, with what is said of it. */
export interface Pictured {
  id: string;
  title: string;
  /** What it shows, for people who do not see it. */
  alt: string;
  paths: readonly string[];
  /** The buttons of what has these pictures. */
  actions?: ReactNode;
}

interface PicturesProps {
  pictures: readonly Pictured[];
  isBusy: boolean;
  detailHref?: string | undefined;
}

/** What has pictures side by side, each with its first one; all can be opened. */
export function Pictures({ pictures, isBusy, detailHref }: PicturesProps) {
  const [openKey, setOpenKey] = useState<string>();
  const shown = pictures.flatMap(({ id, title, alt, paths }) =>
    paths.map((path, index) => ({ key: keyOf(id, index), title, alt, path })),
  );
  const current = shown.findIndex(({ key }) => key === openKey);
  return (
    <>
      <ul className="pictures" aria-busy={isBusy}>
        {pictures.map(({ id, title, alt, paths: [path, ...others], actions }) => (
          <li key={id} className="picture">
            {path !== undefined ? (
              <button
                type="button"
                className="picture-frame"
                aria-haspopup="dialog"
                onClick={() => setOpenKey(keyOf(id, 0))}
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
            {others.length > 0 && <p className="muted">{others.length + 1} pictures</p>}
            {actions}
          </li>
        ))}
      </ul>
      {current >= 0 && (
        <Lightbox
          pictures={shown}
          index={current}
          onTurn={(next) => setOpenKey(shown[next]?.key)}
          onClose={() => setOpenKey(undefined)}
        />
      )}
    </>
  );
}

function keyOf(id: string, index: number): string {
  return `${id} ${index}`;
}
