import { useRef, useState } from 'react';

import type { RecordResult } from '../data/api';
import { failureOf, throwErrors, type Failure } from '../data/failure';
import { isCancelled, upload, type Folder, type Transfer } from '../data/files';
import { contentOf, problemOf, type FileKind } from '../data/fileTypes';

/** A file that was chosen, and what became of it. */
export interface UploadItem {
  key: number;
  file: File;
  status: 'refused' | 'waiting' | 'sending' | 'saving' | 'failed' | 'done';
  /** Why it cannot be uploaded. */
  problem?: string | undefined;
  /** Why it was not uploaded. */
  failure?: Failure | undefined;
  /** How much of it is there, from 0 to 1. */
  share: number;
  /** Where it is, once it is there. */
  path?: string;
}

interface Stored {
  path: string;
  file: File;
}

/** Keeps uploaded files in a record, with what was entered in the form. */
export type KeepFiles = (
  form: FormData,
  stored: readonly [Stored, ...Stored[]],
) => Promise<RecordResult<unknown>>;

export interface Uploads {
  items: readonly UploadItem[];
  add: (files: readonly File[]) => void;
  start: (form: FormData) => void;
  retry: (item: UploadItem, form: FormData) => void;
  /** Stops a file that is on its way, and takes others from the list. */
  drop: (item: UploadItem) => void;
}

/**
 * Uploads files, all at once, and keeps those that could not be for another attempt. Each is kept
 * by itself, or `isTogether` with the others once all are there.
 */
export function useUploads(
  folder: Folder,
  kind: FileKind,
  keep: KeepFiles | undefined,
  isTogether: boolean,
): Uploads {
  const [items, setItems] = useState<readonly UploadItem[]>([]);
  const nextKey = useRef(0);
  const transfers = useRef(new Map<number, Transfer>());

  const change = (key: number, part: Partial<UploadItem>) =>
    setItems((before) => before.map((item) => (item.key === key ? { ...item, ...part } : item)));

  const send = async ({ key, file }: UploadItem) => {
    const transfer = upload(folder, contentOf(file), (share) => change(key, { share }));
    transfers.current.set(key, transfer);
    try {
      return await transfer.path;
    } finally {
      transfers.current.delete(key);
    }
  };

  const store = async (item: UploadItem): Promise<readonly Stored[]> => {
    const { key, file } = item;
    change(key, { status: 'sending', share: 0, failure: undefined });
    try {
      // When only the record could not be saved, the file is there already.
      const path = item.path ?? (await send(item));
      change(key, { status: 'saving', share: 1, path });
      return [{ path, file }];
    } catch (cause) {
      const failure = isCancelled(cause) ? undefined : failureOf(cause);
      change(key, { status: failure ? 'failed' : 'waiting', failure, share: 0 });
      return [];
    }
  };

  const attempt = async (batch: readonly UploadItem[], form: FormData) => {
    const found = await Promise.all(batch.map(store));
    const sent = batch.filter((_, index) => found[index]?.length);
    const changeAll = (part: Partial<UploadItem>) => sent.forEach(({ key }) => change(key, part));
    const [first, ...others] = found.flat();
    if (!first || sent.length < batch.length) {
      changeAll({ status: 'waiting' });
      return;
    }
    try {
      if (keep) {
        throwErrors(await keep(form, [first, ...others]));
      }
      changeAll({ status: 'done' });
    } catch (cause) {
      changeAll({ status: 'failed', failure: failureOf(cause), share: 0 });
    }
  };

  const unsent = (...among: readonly UploadItem['status'][]) =>
    items.filter(({ status }) => among.includes(status));

  const attemptAll = (form: FormData) => void attempt(unsent('waiting', 'failed'), form);

  return {
    items,
    add: (files) => {
      const added = files.map((file): UploadItem => {
        const problem = problemOf(file, kind);
        const key = nextKey.current;
        nextKey.current += 1;
        return { key, file, status: problem ? 'refused' : 'waiting', problem, share: 0 };
      });
      setItems((before) => [...before, ...added]);
    },
    start: (form) => {
      if (isTogether) {
        attemptAll(form);
      } else {
        unsent('waiting').forEach((item) => void attempt([item], form));
      }
    },
    retry: (item, form) => {
      if (isTogether) {
        attemptAll(form);
      } else {
        void attempt([item], form);
      }
    },
    drop: ({ key }) => {
      const transfer = transfers.current.get(key);
      if (transfer) {
        transfer.cancel();
      } else {
        setItems((before) => before.filter((item) => item.key !== key));
      }
    },
  };
}
