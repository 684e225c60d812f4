import { createContext } from 'react';

/** A field of a form that holds where a file is, or several: a path on each line. */
export interface FileField {
  /** Uploads what was chosen. The path that the record is to have; nothing without a choice. */
  store: () => Promise<string | undefined>;
  /** Takes what was saved for what is there. */
  keep: () => void;
  /** Takes back what was uploaded: nothing was saved. */
  discard: () => void;
}

/** Adds a field to a form that stores files when it is saved. Returns what takes it away again. */
export type RegisterFile = (name: string, field: FileField) => () => void;

/** Around the fields of such a form; nothing around those of others. */
export const RegisterFileContext = createContext<RegisterFile | undefined>(undefined);

/** Uploads the files that were chosen in a form, and saves it with where they are then. */
export async function saveWithFiles(
  fields: ReadonlyMap<string, FileField>,
  form: FormData,
  save: (form: FormData) => Promise<void>,
): Promise<void> {
  const present = Array.from(fields);
  try {
    for (const [name, field] of present) {
      const path = await field.store();
      if (path !== undefined) {
        form.set(name, path);
      }
    }
    await save(form);
  } catch (cause) {
    present.forEach(([, field]) => field.discard());
    throw cause;
  }
  present.forEach(([, field]) => field.keep());
}

/** The names of the fields in which files were chosen that are not uploaded yet. */
export function chosenIn(form: FormData): ReadonlySet<string> {
  const files = Array.from(form).filter(([, value]) => value instanceof File && value.name !== '');
  return new Set(files.map(([name]) => name));
}
