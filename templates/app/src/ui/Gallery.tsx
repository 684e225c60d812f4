import { titleOf } from '../data/api';
import { dropFile, type Folder } from '../data/files';
import type { Source } from '../data/source';
import type { RecordPages } from '../data/useList';
import { useUser } from '../data/user';
import { ListPanel } from './ListPanel';
import { Pictures } from './Pictures';
import { RecordActions, type Actions } from './RecordActions';

type Text = string | null | undefined;

interface GalleryProps<Row> {
  title: string;
  /** What one record is called: "product". */
  noun: string;
  source: Source<Row>;
  /** The address or the path of a record's picture, or those of several. */
  pictures: (row: Row) => Text | readonly Text[];
  /** What they show. */
  alt?: (row: Row) => Text;
  /** Where the pictures are that are deleted with their records. */
  folder?: Folder;
  detailHref?: string;
  actions?: Actions;
}

/** The pictures of records. */
export function Gallery<Row extends object>({
  title,
  noun,
  source,
  pictures,
  alt,
  folder,
  detailHref,
  actions,
}: GalleryProps<Row>) {
  const user = useUser();

  const pathsOf = (row: Row) => {
    const found = pictures(row);
    const paths = found === null || typeof found !== 'object' ? [found] : found;
    return paths.filter((path) => typeof path === 'string').filter((path) => path !== '');
  };

  const removePictures = (row: Row) => {
    if (folder) {
      pathsOf(row).forEach((path) => dropFile(folder, path, user));
    }
  };

  const picturesOf = ({ rows, drop }: RecordPages<Row>) =>
    rows.map((row) => {
      const summary = source.summarize(row);
      const { id } = summary;
      const name = titleOf(summary);
      return {
        id,
        title: name,
        alt: alt?.(row) || name,
        paths: pathsOf(row),
        actions: actions && (
          <RecordActions
            actions={actions}
            record={row}
            id={id}
            title={name}
            onRemoved={() => {
              drop(row);
              removePictures(row);
            }}
          />
        ),
      };
    });

  return (
    <ListPanel title={title} noun={noun} source={source} actions={actions}>
      {(pages) => (
        <Pictures
          pictures={picturesOf(pages)}
          isBusy={pages.status === 'loading'}
          detailHref={detailHref}
        />
      )}
    </ListPanel>
  );
}
