interface Input {
  path: string | ((given: { identityId: string }) => string);
}

interface UploadInput extends Input {
  data: File;
  options: { onProgress: (event: { transferredBytes: number; totalBytes: number }) => void };
}

let stored = new Map<string, number>();
let failure: string | undefined;

/** Stands for the storage in tests: it keeps the sizes of files in memory. */
export const files = {
  put(path: string, size = 1): void {
    stored.set(pathOf({ path }), size);
  },
  paths(): readonly string[] {
    return [...stored.keys()];
  },
  /** Lets every request fail with a message. */
  fail(message: string): void {
    failure = message;
  },
  recover(): void {
    failure = undefined;
  },
  reset(): void {
    stored = new Map();
    failure = undefined;
  },
};

/** Takes the place of Amplify's functions. */
export const storage = {
  isCancelError: () => false,
  list(input: Input) {
    const prefix = pathOf(input);
    const items = files
      .paths()
      .filter((path) => path.startsWith(prefix))
      .map((path) => ({ path, size: stored.get(path), lastModified: new Date(0) }));
    return answer({ items });
  },
  getUrl: (input: Input) => answer({ url: new URL(`data:image/png,${pathOf(input)}`) }),
  remove(input: Input) {
    const path = pathOf(input);
    stored.delete(path);
    return answer({ path });
  },
  uploadData(input: UploadInput) {
    const path = pathOf(input);
    const { size } = input.data;
    input.options.onProgress({ transferredBytes: size, totalBytes: size });
    if (failure === undefined) {
      files.put(path, size);
    }
    return { result: answer({ path }), cancel: () => undefined };
  },
};

function pathOf({ path }: Input): string {
  const found = typeof path === 'string' ? path : path({ identityId: 'identity' });
  return found.replace('{entity_id}', 'identity');
}

function answer<T>(value: T): Promise<T> {
  return failure === undefined ? Promise.resolve(value) : Promise.reject(new Error(failure));
}

// There are no such addresses in the tests' browser.
URL.createObjectURL = () => 'data:image/png,';
URL.revokeObjectURL = () => undefined;
