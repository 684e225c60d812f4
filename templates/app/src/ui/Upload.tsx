import { Button } from '@aws-amplify/ui-react';
import { useRef, type ReactNode, type SubmitEvent } from 'react';

import { isAllowed, type Access } from '../data/access';
import type { RecordResult } from '../data/api';
import { mayUse, type Folder } from '../data/files';
import type { FileKind } from '../data/fileTypes';
import { useUser } from '../data/user';
import { DropZone } from './DropZone';
import { useHeading } from './pageTitle';
import { NotAllowed } from './States';
import { useUnsavedChanges } from './unsaved';
import { UploadRow } from './UploadRow';
import { useUploads, type KeepFiles } from './useUploads';
import './Upload.css';

/** How files are kept: each in a new record, or all in one, of which `file` is the first. */
export type Keeping<Input> = {
  access: Access;
  create: (input: Input) => Promise<RecordResult<unknown>>;
} & (
  | { read: (form: FormData, path: string, file: File) => Input; readAll?: never }
  | { readAll: (form: FormData, paths: string[], file: File) => Input; read?: never }
);

interface UploadProps<Input> {
  title: string;
  folder: Folder;
  kind: FileKind;
  keeping?: Keeping<Input>;
  /** Where uploaded files are shown. */
  galleryHref?: string;
  /** What else is entered, for all the files. */
  children?: ReactNode;
}

/** Uploads files into the storage, for those who may. */
export function Upload<Input>({
  title,
  folder,
  kind,
  keeping,
  galleryHref,
  children,
}: UploadProps<Input>) {
  const user = useUser();
  const { id, heading } = useHeading(title);
  const form = useRef<HTMLFormElement>(null);
  const uploads = useUploads(folder, kind, keeping && keeperOf(keeping), !!keeping?.readAll);
  const { items, add, start, retry, drop } = uploads;
  const count = (...among: readonly string[]) =>
    items.filter(({ status }) => among.includes(status)).length;
  const [waiting, done, refused] = [count('waiting'), count('done'), count('refused')];
  useUnsavedChanges(count('waiting', 'sending', 'saving') > 0);

  if (!mayUse(folder, user, 'write') || (keeping && !isAllowed(keeping.access.create, user))) {
    return <NotAllowed what="upload files" />;
  }

  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    start(new FormData(event.currentTarget));
  };

  return (
    <form ref={form} className="panel form" aria-labelledby={id} onSubmit={onSubmit}>
      {heading}
      <DropZone kind={kind} onFiles={add} />
      {items.length > 0 && (
        <ul className="uploads">
          {items.map((item) => (
            <UploadRow
              key={item.key}
              item={item}
              onRetry={() => form.current && retry(item, new FormData(form.current))}
              onDrop={() => drop(item)}
            />
          ))}
        </ul>
      )}
      {children}
      <div className="actions">
        <Button type="submit" variation="primary" isDisabled={waiting === 0}>
          {waiting > 1 ? `Upload ${waiting} files` : 'Upload'}
        </Button>
        <p role="status">
          {done > 0 && `${done} of ${items.length - refused} uploaded. `}
          {refused > 0 && `${refused} not accepted.`}
        </p>
        {done > 0 && galleryHref !== undefined && <a href={galleryHref}>Show them</a>}
      </div>
    </form>
  );
}

function keeperOf<Input>({ create, read, readAll }: Keeping<Input>): KeepFiles {
  return (form, [first, ...others]) => {
    const { path, file } = first;
    const paths = [path, ...others.map((other) => other.path)];
    return create(readAll ? readAll(form, paths, file) : read(form, path, file));
  };
}
