import { useCallback, useState } from 'react';

import { addressOf } from '../data/files';
import { extensionOf, isPicture } from '../data/fileTypes';
import { useAsync } from '../data/useAsync';
import './Picture.css';

interface PictureProps {
  /** Its address, or its path in the storage. */
  path: string;
  alt: string;
  /** Whether it leads to itself in full size. */
  isOpened?: boolean;
}

/** A picture, or, of another file, its type. */
export function Picture({ path, alt, isOpened = false }: PictureProps) {
  return isPicture(path) ? (
    <StoredPicture key={path} path={path} alt={alt} isOpened={isOpened} />
  ) : (
    <span className="picture-missing">{extensionOf(path).toUpperCase() || 'File'}</span>
  );
}

function StoredPicture({ path, alt, isOpened }: PictureProps) {
  const [{ status, value }] = useAsync(useCallback(() => addressOf(path), [path]));
  const [isBroken, setIsBroken] = useState(false);
  if (isBroken || status === 'error') {
    return <span className="picture-missing">This picture cannot be shown.</span>;
  }
  if (value === undefined) {
    return <span className="picture-missing" />;
  }
  const picture = <img src={value} alt={alt} loading="lazy" onError={() => setIsBroken(true)} />;
  return isOpened ? (
    <a href={value} rel="noreferrer">
      {picture}
    </a>
  ) : (
    picture
  );
}
