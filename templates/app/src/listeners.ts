/** A set of functions that are called when something has changed. */
export class Listeners {
  readonly #functions = new Set<() => void>();

  /** Adds a function, and returns what takes it away again. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#functions.add(listener);
    return () => this.#functions.delete(listener);
  };

  notify(): void {
    this.#functions.forEach((listener) => listener());
  }
}
