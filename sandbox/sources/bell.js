// Waiting for something to happen, for some time at most.

const LONGEST = 2 ** 31 - 1;

export class Bell {
  /** @type {Set<() => void>} */
  #waiting = new Set();

  /** Says that something happened. */
  ring() {
    for (const go of this.#waiting) go();
  }

  /**
   * @param {number} milliseconds At most; may be Infinity.
   * @param {AbortSignal} signal Ends the waiting.
   * @returns {Promise<void>}
   */
  wait(milliseconds, signal) {
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', go);
        this.#waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, Math.min(Math.max(milliseconds, 0), LONGEST));
      signal.addEventListener('abort', go);
      this.#waiting.add(go);
      if (signal.aborted) go();
    });
  }
}

/**
 * @param {number} milliseconds
 * @param {AbortSignal} signal
 */
export function pause(milliseconds, signal) {
  return new Bell().wait(milliseconds, signal);
}
