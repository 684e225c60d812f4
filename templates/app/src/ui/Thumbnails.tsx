import { useCallback } from 'react';

import { titleOf, type Summary } from '../data/api';
import { linkTo } from '../data/files';
import { calledAs, isPicture, isStored } from '../data/fileTypes';
import { useAsync } from '../data/useAsync';
import { formatLink, formatText } from './format';
import { Picture } from './Picture';
import './Thumbnails.css';

type Text = string | null | undefined;

interface ThumbnailsProps {
  /** The address of a file, or its path in the storage, or those of several. */
  paths: Text | readonly Text[];
  /** What they are of the record: "Photos". */
  label: string;
  of: Summary;
  /** Whether one is enough. */
  isFirst?: boolean;
  /** Whether pictures lead to themselves in full size. */
  isOpened?: boolean;
  /** Whether nothing stands where there are none. */
  isOptional?: boolean;
}

/** The files of a record: pictures small, others as links. */
export function Thumbnails({
  paths,
  label,
  of,
  isFirst = false,
  isOpened = false,
  isOptional = false,
}: ThumbnailsProps) {
  const all = paths === null || typeof paths !== 'object' ? [paths] : paths;
  const found = all.filter((path) => typeof path === 'string').filter((path) => path !== '');
  const shown = isFirst ? found.slice(0, 1) : found;
  if (shown.length === 0) {
    return isOptional ? null : <span className="no-picture">{formatText(null)}</span>;
  }
  const number = (index: number) => (shown.length > 1 ? ` (${index + 1})` : '');
  return (
    <span className="thumbnails">
      {shown.map((path, index) => (
        <Thumbnail
          key={index}
          path={path}
          alt={`${label}: ${titleOf(of)}${number(index)}`}
          name={calledAs(path, `${label}${number(index)}`)}
          isOpened={isOpened}
        />
      ))}
    </span>
  );
}

interface ThumbnailProps {
  path: string;
  alt: string;
  /** What a file is called that is no picture. */
  name?: string;
  isOpened?: boolean;
}

/** A picture; another file of the storage as a link, and other texts as they are. */
export function Thumbnail({
  path,
  alt,
  name = calledAs(path, alt || 'File'),
  isOpened = false,
}: ThumbnailProps) {
  if (isPicture(path)) {
    return (
      <span className="picture-frame thumbnail">
        <Picture path={path} alt={alt} isOpened={isOpened} />
      </span>
    );
  }
  return isStored(path) ? <StoredLink key={path} path={path} name={name} /> : formatLink(path);
}

function StoredLink({ path, name }: { path: string; name: string }) {
  const [{ status, value }] = useAsync(useCallback(() => linkTo(path), [path]));
  if (status === 'error') {
    return <span className="muted">{name} cannot be opened.</span>;
  }
  return value === undefined ? (
    name
  ) : (
    <a href={value} rel="noreferrer">
      {name}
    </a>
  );
}
