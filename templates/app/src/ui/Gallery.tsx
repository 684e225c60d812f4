import { useId } from 'react';

import { titleOf } from '../data/api';
import { mayUse, removeFile, type Folder } from '../data/files';
import type { Source } from '../data/source';
import { useList } from '../data/useList';
import { useUser } from '../data/user';
import { FilterBar } from './FilterBar';
import { Pager } from './Pager';
import { Pictures } from './Pictures';
import { CreateLink, RecordActions, type Actions } from './RecordActions';
import { useFilter } from './useFilter';

type TextOf<Row> = (row: Row) => string | null | undefined;

interface GalleryProps<Row> {
  title: string;
  /** What one record is called: "product". */
  noun: string;
  source: Source<Row>;
  /** The address or the path of a record's picture. */
  picture: TextOf<Row>;
  /** What the picture shows. */
  alt?: TextOf<Row>;
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
  picture,
  alt,
  folder,
  detailHref,
  actions,
}: GalleryProps<Row>) {
  const headingId = useId();
  const user = useUser();
  const { summarize, watch } = source;
  const filter = useFilter(source);
  const pages = useList({ list: filter.list, summarize, watch, takesNew: !filter.isOn });

  const onRemoved = (row: Row) => {
    pages.drop(row);
    const path = picture(row);
    const [place = ''] = folder?.path.split('{') ?? [];
    if (folder && path?.startsWith(place) && mayUse(folder, user, 'delete')) {
      // A file that stays behind without its record is nothing that people could mend.
      removeFile(path).catch(() => undefined);
    }
  };

  const pictures = pages.rows.map((row) => {
    const summary = summarize(row);
    const { id } = summary;
    const name = titleOf(summary);
    return {
      id,
      title: name,
      alt: alt?.(row) || name,
      path: picture(row) || undefined,
      actions: actions && (
        <RecordActions
          actions={actions}
          record={row}
          id={id}
          title={name}
          onRemoved={() => onRemoved(row)}
          onChanged={pages.reload}
        />
      ),
    };
  });

  return (
    <section className="panel" aria-labelledby={headingId}>
      <div className="heading">
        <h2 id={headingId}>{title}</h2>
        <CreateLink actions={actions} noun={noun} />
      </div>
      <FilterBar title={title} source={source} filter={filter} />
      <Pictures pictures={pictures} isBusy={pages.status === 'loading'} detailHref={detailHref} />
      <Pager
        pages={pages}
        isFiltered={filter.isOn}
        action={<CreateLink actions={actions} noun={noun} />}
      />
    </section>
  );
}
