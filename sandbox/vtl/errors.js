// The errors that a template raises.

/** What `$util.error` raises. */
export class TemplateError extends Error {
  /**
   * @param {string} message
   * @param {string | null} [type]
   * @param {any} [data]
   * @param {any} [info]
   */
  constructor(message, type = null, data = null, info = null) {
    super(message);
    this.type = type;
    this.data = data;
    this.info = info;
  }
}

/** What `$util.unauthorized` raises. */
export class Unauthorized extends Error {}
