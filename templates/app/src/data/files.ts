import './amplify';

import { getUrl, isCancelError, list, remove, uploadData } from 'aws-amplify/storage';

import type { ListResult, Page, RecordResult, Summary } from './api';
import { currentUser, groupsOf, type User } from './user';

export type FileOperation = 'get' | 'list' | 'write' | 'delete';

/** A path of the storage, and who may do what with the files there. */
export interface Folder {
  /** Ends in `/`; a last part `{entity_id}` stands for whose the files are. */
  path: string;
  guests?: readonly FileOperation[];
  users?: readonly FileOperation[];
  /** What users may do besides, in the part that is theirs. */
  owners?: readonly FileOperation[];
  /** Users in groups have the rights of the first of these that they are in, and no others. */
  groups?: readonly { name: string; may: readonly FileOperation[] }[];
}

/** A file as the storage lists it. */
export interface StoredFile {
  path: string;
  size: number | undefined;
  modifiedAt: string | undefined;
  /** Whether it is in the part of the folder that is the user's. */
  isOwn: boolean;
}

/** A file on its way into the storage. */
export interface Transfer {
  /** Its path, once it is there. */
  path: Promise<string>;
  cancel: () => void;
}

const OWNER = '{entity_id}/';

/**
 * Whether the rules let a user do something with the files of a folder. The storage decides; this
 * only spares people buttons that would be refused.
 */
export function mayUse(
  { guests = [], users = [], owners = [], groups = [] }: Folder,
  user: User | undefined,
  operation: FileOperation,
  isOwn = true,
): boolean {
  if (!user) {
    return guests.includes(operation);
  }
  const group = groups.find(({ name }) => groupsOf(user).includes(name));
  const general = group ? group.may : users;
  return general.includes(operation) || (!group && isOwn && owners.includes(operation));
}

/** Puts a file into a folder, under a name that nothing else has and nobody chooses. */
export function upload(
  { path }: Folder,
  { file, type, extension }: { file: Blob; type: string; extension: string },
  onProgress: (share: number) => void,
): Transfer {
  const name = `${crypto.randomUUID()}.${extension}`;
  const task = uploadData({
    path: ({ identityId = '' }) => path.replace(OWNER, `${identityId}/`) + name,
    data: file,
    options: {
      contentType: type,
      onProgress: ({ transferredBytes, totalBytes }) =>
        onProgress(totalBytes ? transferredBytes / totalBytes : 0),
    },
  });
  return { path: task.result.then((stored) => stored.path), cancel: () => task.cancel() };
}

/** Whether something failed because it was cancelled. */
export function isCancelled(cause: unknown): boolean {
  return isCancelError(cause);
}

/** Lists the files of a folder: all that the user may see, else those of their own. */
export async function listFiles(
  folder: Folder,
  { limit, nextToken }: Page,
): Promise<ListResult<StoredFile>> {
  const { path } = folder;
  const isShared = mayUse(folder, await currentUser(), 'list', false);
  let own = path;
  const found = await list({
    path: ({ identityId = '' }) => {
      own = path.replace(OWNER, `${identityId}/`);
      return isShared ? path.replace(OWNER, '') : own;
    },
    options: { pageSize: limit, ...(nextToken && { nextToken }) },
  });
  const data = found.items
    .filter((item) => !item.path.endsWith('/'))
    .map((item) => ({
      path: item.path,
      size: item.size,
      modifiedAt: item.lastModified?.toISOString(),
      isOwn: item.path.startsWith(own),
    }));
  return { data, nextToken: found.nextToken ?? null };
}

export function summarizeFile({ path }: StoredFile): Summary {
  return { id: path, title: path.slice(path.lastIndexOf('/') + 1) };
}

/** Where a picture can be loaded from: addresses are as they are, paths are in the storage. */
export async function addressOf(path: string): Promise<string> {
  if (/^https?:\/\//i.test(path)) {
    return path;
  }
  const { url } = await getUrl({ path });
  return url.href;
}

/** Where a file of the storage can be opened; refused where there is none for the user. */
export async function linkTo(path: string): Promise<string> {
  // As long as the storage lets an address be good for, since people read before they open.
  const options = { validateObjectExistence: true, expiresIn: 3600 };
  const { url } = await getUrl({ path, options });
  return url.href;
}

/** Removes a file of a folder that its record no longer has, for those who may. */
export function dropFile(folder: Folder, path: string, user: User | undefined): void {
  const [place = ''] = folder.path.split('{');
  if (path.startsWith(place) && mayUse(folder, user, 'delete')) {
    // A file that stays behind without its record is nothing that people could mend.
    removeFile(path).catch(() => undefined);
  }
}

export async function removeFile(path: string): Promise<RecordResult<string>> {
  await remove({ path });
  return { data: path };
}
