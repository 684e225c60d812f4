// In the browser: asks this machine for files. Amplify's client knows no address of S3 but AWS's.
{
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const files = script.dataset.files ?? '';
  const remote = /^https:\/\/([^/.]+)\.s3\.[^/]+\.amazonaws\.com\//;

  /** @param {unknown} address */
  const local = (address) => String(address).replace(remote, `${files}$1/`);

  const { fetch } = window;
  window.fetch = (input, options) =>
    input instanceof Request ? fetch(input, options) : fetch(local(input), options);

  const { open } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (
    /** @type {string} */ method,
    /** @type {string | URL} */ address,
    /** @type {any[]} */ ...rest
  ) {
    Reflect.apply(open, this, [method, local(address), ...rest]);
  };

  const { setAttribute } = Element.prototype;
  Element.prototype.setAttribute = function (
    /** @type {string} */ name,
    /** @type {string} */ value,
  ) {
    const isAddress = name === 'src' || name === 'href';
    setAttribute.call(this, name, isAddress ? local(value) : value);
  };
  for (const [type, name] of /** @type {const} */ ([
    [HTMLImageElement, 'src'],
    [HTMLAnchorElement, 'href'],
  ])) {
    const property = Object.getOwnPropertyDescriptor(type.prototype, name);
    if (!property?.set) continue;
    const { set } = property;
    Object.defineProperty(type.prototype, name, {
      ...property,
      set(value) {
        set.call(this, local(value));
      },
    });
  }
}
