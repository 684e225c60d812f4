// What goes wrong with a search service.

/** An error that the service itself would answer with. */
export class SearchError extends Error {
  /**
   * @param {number} status
   * @param {string} type
   * @param {string} message
   */
  constructor(status, type, message) {
    super(message);
    this.status = status;
    this.type = type;
  }
}

/** Something that the real service knows, and this one does not. */
export class NotBuilt extends Error {
  /** @param {string} what */
  constructor(what) {
    super(`OpenSearch here does not know ${what}`);
  }
}
