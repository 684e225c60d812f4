import { use, useEffect, useRef, useState } from 'react';

import { dropFile, isCancelled, upload, type Folder, type Transfer } from '../data/files';
import { contentOf, problemOf, type FileKind } from '../data/fileTypes';
import { useUser } from '../data/user';
import { RegisterFileContext } from './formFiles';
import { TouchContext } from './unsaved';

/** One of the files of a field: where it is, or what is uploaded when the form is saved. */
export interface FileItem {
  key: number;
  path: string;
  file?: File;
}

interface Options {
  name: string;
  folder: Folder;
  kind: FileKind;
  /** The paths that the record has. */
  initial: readonly string[];
  /** Whether files stay that the record no longer has. */
  isShared: boolean;
}

export interface FilesFieldState {
  items: readonly FileItem[];
  /** Why files were not accepted. */
  problem: string | undefined;
  /** How much of the files is there, from 0 to 1, while they are uploaded. */
  share: number | undefined;
  add: (files: readonly File[]) => void;
  remove: (item: FileItem) => void;
  /** Puts one before the one that was before it. */
  advance: (item: FileItem) => void;
  /** Stops the upload, and with it the saving of the form. */
  cancel: () => void;
}

/** Files that are uploaded when their form is saved; those taken away are removed after that. */
export function useFilesField({ name, folder, kind, initial, isShared }: Options): FilesFieldState {
  const user = useUser();
  const register = use(RegisterFileContext);
  const touch = use(TouchContext);
  const nextKey = useRef(initial.length);
  const [saved, setSaved] = useState(initial);
  const [items, setItems] = useState<readonly FileItem[]>(
    initial.map((path, key) => ({ key, path })),
  );
  const [problem, setProblem] = useState<string>();
  const [share, setShare] = useState<number>();
  const transfer = useRef<Transfer>(undefined);
  const stored = useRef(new Map<number, string>());

  useEffect(() => {
    const pathOf = ({ key, path }: FileItem) => stored.current.get(key) ?? path;
    const waiting = items.filter(({ file }) => file);
    const store = async () => {
      for (const [index, { key, file }] of waiting.entries()) {
        if (file) {
          transfer.current = upload(folder, contentOf(file), (part) =>
            setShare((index + part) / waiting.length),
          );
          stored.current.set(key, await transfer.current.path);
        }
      }
    };
    return register?.(name, {
      store: async () => {
        if (waiting.length === 0) {
          return undefined;
        }
        setShare(0);
        try {
          await store();
          return items.map(pathOf).join('\n');
        } catch (cause) {
          throw isCancelled(cause)
            ? new Error('The upload was cancelled, and nothing was saved.')
            : cause;
        } finally {
          transfer.current = undefined;
          setShare(undefined);
        }
      },
      keep: () => {
        const paths = items.map(pathOf);
        if (!isShared) {
          saved
            .filter((path) => !paths.includes(path))
            .forEach((path) => dropFile(folder, path, user));
        }
        const now = new Map(stored.current);
        stored.current.clear();
        setSaved(paths);
        setItems((all) => all.map((item) => ({ key: item.key, ...keptAs(item, now) })));
      },
      discard: () => {
        stored.current.forEach((path) => dropFile(folder, path, user));
        stored.current.clear();
      },
    });
  }, [register, name, folder, user, items, saved, isShared]);

  const change = (next: readonly FileItem[]) => {
    setItems(next);
    touch();
  };

  return {
    items,
    problem,
    share,
    add: (files) => {
      const refused = files.flatMap((file) => {
        const why = problemOf(file, kind);
        return why === undefined ? [] : [`${file.name}: ${why}`];
      });
      setProblem(refused.length > 0 ? refused.join(' ') : undefined);
      const taken = files.filter((file) => problemOf(file, kind) === undefined);
      const added = taken.map((file): FileItem => {
        nextKey.current += 1;
        return { key: nextKey.current, path: '', file };
      });
      change([...items, ...added]);
    },
    remove: (item) => change(items.filter((other) => other !== item)),
    advance: (item) => {
      const place = items.indexOf(item);
      const others = items.filter((other) => other !== item);
      change(others.toSpliced(Math.max(place - 1, 0), 0, item));
    },
    cancel: () => transfer.current?.cancel(),
  };
}

function keptAs(
  { key, path, file }: FileItem,
  stored: ReadonlyMap<number, string>,
): Omit<FileItem, 'key'> {
  const now = stored.get(key);
  if (now !== undefined) {
    return { path: now };
  }
  return file ? { path, file } : { path };
}
