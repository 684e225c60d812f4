import { titleOf, type Summary } from '../data/api';
import { isPicture } from '../data/fileTypes';
import { formatLink, formatText } from './format';
import { Picture } from './Picture';
import './Thumbnails.css';

type Text = string | null | undefined;

interface ThumbnailsProps {
  /** The address of a picture, or its path in the storage, or those of several. */
  paths: Text | readonly Text[];
  /** What they are of the record: "Photos". */
  label: string;
  of: Summary;
  /** Whether one is enough. */
  isFirst?: boolean;
}

/** The pictures of a record, small. */
export function Thumbnails({ paths, label, of, isFirst = false }: ThumbnailsProps) {
  const all = paths === null || typeof paths !== 'object' ? [paths] : paths;
  const found = all.filter((path) => typeof path === 'string').filter((path) => path !== '');
  const shown = isFirst ? found.slice(0, 1) : found;
  return shown.length === 0 ? (
    <span className="no-picture">{formatText(null)}</span>
  ) : (
    <span className="thumbnails">
      {shown.map((path, index) => (
        <Thumbnail
          key={index}
          path={path}
          alt={`${label}: ${titleOf(of)}${shown.length > 1 ? ` (${index + 1})` : ''}`}
        />
      ))}
    </span>
  );
}

/** A picture; what leads to something else is shown as it is. */
export function Thumbnail({ path, alt }: { path: string; alt: string }) {
  return isPicture(path) ? (
    <span className="picture-frame thumbnail">
      <Picture path={path} alt={alt} />
    </span>
  ) : (
    formatLink(path)
  );
}
