import { use, useEffect, useRef, useState } from 'react';

import { dropFile, isCancelled, upload, type Folder, type Transfer } from '../data/files';
import { contentOf, problemOf, type FileKind } from '../data/fileTypes';
import { useUser } from '../data/user';
import { RegisterFileContext } from './formFiles';
import { TouchContext } from './unsaved';

interface Options {
  name: string;
  folder: Folder;
  kind: FileKind;
  /** The path that the record has. */
  initial: string;
  /** Whether a file must stay when the record no longer has it. */
  isShared: (path: string) => boolean;
}

export interface FileFieldState {
  /** The path that the form holds; empty without a file. */
  present: string;
  /** What takes its place when the form is saved. */
  chosen: File | undefined;
  /** Why a file was not accepted. */
  problem: string | undefined;
  /** How much of the file is there, from 0 to 1, while it is uploaded. */
  share: number | undefined;
  choose: (file: File | undefined) => void;
  /** Gives up what was chosen, else the file that is there. */
  remove: () => void;
  /** Stops the upload, and with it the saving of the form. */
  cancel: () => void;
}

/** A file that is uploaded when its form is saved; the one before is removed after that. */
export function useFileField({ name, folder, kind, initial, isShared }: Options): FileFieldState {
  const user = useUser();
  const register = use(RegisterFileContext);
  const touch = use(TouchContext);
  const [saved, setSaved] = useState(initial);
  const [present, setPresent] = useState(initial);
  const [chosen, setChosen] = useState<File>();
  const [problem, setProblem] = useState<string>();
  const [share, setShare] = useState<number>();
  const transfer = useRef<Transfer>(undefined);
  const stored = useRef<string>(undefined);

  useEffect(() => {
    const store = async (file: File) => {
      setShare(0);
      try {
        transfer.current = upload(folder, contentOf(file), setShare);
        stored.current = await transfer.current.path;
        return stored.current;
      } catch (cause) {
        throw isCancelled(cause)
          ? new Error('The upload was cancelled, and nothing was saved.')
          : cause;
      } finally {
        transfer.current = undefined;
        setShare(undefined);
      }
    };
    return register?.(name, {
      store: () => (chosen ? store(chosen) : Promise.resolve(undefined)),
      keep: () => {
        const path = stored.current ?? present;
        stored.current = undefined;
        if (saved !== path && saved !== '' && !isShared(saved)) {
          dropFile(folder, saved, user);
        }
        setSaved(path);
        setPresent(path);
        setChosen((now) => (now === chosen ? undefined : now));
      },
      discard: () => {
        if (stored.current !== undefined) {
          dropFile(folder, stored.current, user);
          stored.current = undefined;
        }
      },
    });
  }, [register, name, folder, user, chosen, present, saved, isShared]);

  return {
    present,
    chosen,
    problem,
    share,
    choose: (file) => {
      const found = file && problemOf(file, kind);
      setProblem(found);
      setChosen(found === undefined ? file : undefined);
    },
    remove: () => {
      setProblem(undefined);
      if (chosen) {
        setChosen(undefined);
      } else {
        setPresent('');
      }
      touch();
    },
    cancel: () => transfer.current?.cancel(),
  };
}
