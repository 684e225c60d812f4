import { useMemo } from 'react';

import { titleOf, type Page } from '../data/api';
import { listFiles, mayUse, removeFile, summarizeFile, type Folder } from '../data/files';
import { newestFirst, toDate } from '../data/newest';
import { useList } from '../data/useList';
import { useUser, type User } from '../data/user';
import { Pager } from './Pager';
import { Panel } from './Panel';
import { Pictures } from './Pictures';
import { RemoveButton } from './RemoveButton';
import { NotAllowed } from './States';

interface FileGalleryProps {
  title: string;
  folder: Folder;
  /** Where files are uploaded. */
  uploadHref?: string;
}

/** The files of a folder, newest first, for those who may see them. */
export function FileGallery(props: FileGalleryProps) {
  const user = useUser();
  const maySee = mayUse(props.folder, user, 'list') && mayUse(props.folder, user, 'get');
  return maySee ? <FilePanel {...props} user={user} /> : <NotAllowed what="see these files" />;
}

function FilePanel({
  title,
  folder,
  uploadHref,
  user,
}: FileGalleryProps & { user: User | undefined }) {
  const list = useMemo(
    () =>
      newestFirst(
        (page: Page) => listFiles(folder, page),
        ({ modifiedAt }) => modifiedAt,
      ),
    [folder],
  );
  const pages = useList({ list, summarize: summarizeFile });

  const pictures = pages.rows.map((file) => {
    const { path, modifiedAt, isOwn } = file;
    const when = toDate(modifiedAt).toLocaleString(undefined, {
      dateStyle: 'medium',
      timeStyle: 'short',
    });
    const name = modifiedAt === undefined ? titleOf(summarizeFile(file)) : `File of ${when}`;
    return {
      id: path,
      title: name,
      alt: name,
      paths: [path],
      actions: mayUse(folder, user, 'delete', isOwn) && (
        <div className="actions">
          <RemoveButton
            title={name}
            remove={() => removeFile(path)}
            onRemoved={() => pages.drop(file)}
          />
        </div>
      ),
    };
  });
  const uploadLink = uploadHref !== undefined && mayUse(folder, user, 'write') && (
    <a className="amplify-button amplify-button--small amplify-button--primary" href={uploadHref}>
      Upload files
    </a>
  );

  return (
    <Panel title={title} action={uploadLink}>
      <Pictures pictures={pictures} isBusy={pages.status === 'loading'} />
      <Pager pages={pages} action={uploadLink} />
    </Panel>
  );
}
