/** What may be uploaded: pictures alone, or documents, films and sounds, too. */
export type FileKind = 'pictures' | 'files';

interface FileType {
  label: string;
  extension: string;
}

const PICTURES: Readonly<Record<string, FileType>> = {
  'image/avif': { label: 'AVIF', extension: 'avif' },
  'image/gif': { label: 'GIF', extension: 'gif' },
  'image/jpeg': { label: 'JPEG', extension: 'jpg' },
  'image/png': { label: 'PNG', extension: 'png' },
  'image/webp': { label: 'WebP', extension: 'webp' },
};

// Nothing that a browser would run as a page, such as HTML and SVG.
const FILES: Readonly<Record<string, FileType>> = {
  ...PICTURES,
  'application/pdf': { label: 'PDF', extension: 'pdf' },
  'audio/mpeg': { label: 'MP3', extension: 'mp3' },
  'text/csv': { label: 'CSV', extension: 'csv' },
  'text/plain': { label: 'text', extension: 'txt' },
  'video/mp4': { label: 'MP4', extension: 'mp4' },
};

const MEGABYTE = 1024 * 1024;

interface Limits {
  types: Readonly<Record<string, FileType>>;
  megabytes: number;
}

export const LIMITS: Readonly<Record<FileKind, Limits>> = {
  pictures: { types: PICTURES, megabytes: 10 },
  files: { types: FILES, megabytes: 100 },
};

/** The limits in words for people. */
export function describe(kind: FileKind): string {
  const { types, megabytes } = LIMITS[kind];
  const labels = Object.values(types).map(({ label }) => label);
  const names = new Intl.ListFormat('en', { type: 'disjunction' }).format(labels);
  return `${names}, up to ${megabytes} MB`;
}

/** Why a file cannot be uploaded; undefined when it can. */
export function problemOf({ size, type }: File, kind: FileKind): string | undefined {
  const { types, megabytes } = LIMITS[kind];
  if (!Object.hasOwn(types, type)) {
    return 'Files of this type are not accepted.';
  }
  if (size === 0) {
    return 'The file is empty.';
  }
  if (size > megabytes * MEGABYTE) {
    return `The file is larger than ${megabytes} MB.`;
  }
  return undefined;
}

/** A file as it is uploaded: its extension is that of its type, whatever the file is called. */
export function contentOf(file: File): { file: File; type: string; extension: string } {
  const { type } = file;
  return { file, type, extension: FILES[type]?.extension ?? 'bin' };
}

/** Whether a path leads to a picture; addresses without an extension may. */
export function isPicture(path: string): boolean {
  const extension = extensionOf(path);
  const isKnown = Object.values(PICTURES).some((type) => type.extension === extension);
  return isKnown || extension === 'jpeg' || (/^https?:/i.test(path) && extension === '');
}

/** Whether a text is the path of a file in the storage: in a folder, and no address. */
export function isStored(text: string): boolean {
  return /^[^\s/]+\/\S+$/.test(text) && !/^[a-z][a-z\d+.-]*:\/\//i.test(text);
}

// The names that files get when they are uploaded.
const NOBODYS_NAME = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}(?:\.|$)/i;

/** A file's name, or, where nobody chose one, what it is of its record: "Contract (PDF)". */
export function calledAs(path: string, label: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const extension = extensionOf(path).toUpperCase();
  if (!NOBODYS_NAME.test(name)) {
    return name;
  }
  return extension === '' ? label : `${label} (${extension})`;
}

export function extensionOf(path: string): string {
  const [plain = ''] = path.split(/[?#]/);
  return (
    /[^/]\.([A-Za-z0-9]+)$/.exec(plain.replace(/^https?:\/\/[^/]*/i, ''))?.[1]?.toLowerCase() ?? ''
  );
}

/** What a file is called. */
export function nameOf({ name }: File, maxLength = 255): string {
  return name.slice(0, maxLength) || 'File';
}

/** What a file is called, without its extension. */
export function titleFrom({ name }: File, maxLength = 255): string {
  return name.replace(/(.)\.[^.]*$/, '$1').slice(0, maxLength) || 'File';
}

export function formatSize(bytes: number): string {
  if (bytes < 1024) {
    return `${bytes.toLocaleString()} bytes`;
  }
  const [amount, unit] = bytes < MEGABYTE ? [bytes / 1024, 'KB'] : [bytes / MEGABYTE, 'MB'];
  return `${amount.toLocaleString(undefined, { maximumFractionDigits: 1 })} ${unit}`;
}
