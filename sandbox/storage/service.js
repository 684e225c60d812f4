// S3 over HTTP for one bucket, under `/s3/<bucket>/` of this machine, as rules let people use it.
import { Bucket, tagOf } from './bucket.js';
import { mayDo, personOf } from './permissions.js';
import { xml } from './xml.js';

/** @typedef {import('node:http').IncomingMessage} Incoming */
/** @typedef {import('node:http').ServerResponse} Outgoing */
/** @typedef {import('./memory.js').ObjectStore} ObjectStore */
/** @typedef {import('./policies.js').StorageModel} StorageModel */
/** @typedef {import('./permissions.js').Person} Person */
/** @typedef {{key: string, query: URLSearchParams, type: string, body: Buffer, person: Person}}
 *   Asked */
/** @typedef {{status?: number, headers?: Record<string, string>, body?: string | Buffer}} Answer */

// What browsers only show; anything else they might run, or take for something that they run.
const SHOWN = /^(?:image\/(?!svg)|audio\/|video\/|application\/pdf\b|text\/plain\b)/i;
export const BUCKET = 'local-files';
const TOP = `/s3/${BUCKET}/`;
const MAX_BODY = 16 * 1024 * 1024;

/** Something that S3 answers with an error. */
class Refused extends Error {
  /**
   * @param {number} status
   * @param {string} code
   */
  constructor(status, code) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

export class StorageService {
  /**
   * @param {StorageModel} model
   * @param {ObjectStore} objects
   */
  constructor(model, objects) {
    this.model = model;
    this.bucket = new Bucket(objects);
  }

  /**
   * If an address is one of files.
   * @param {Incoming} request
   */
  has({ url }) {
    return this.model.bucket !== '' && (url ?? '').startsWith('/s3/');
  }

  /**
   * @param {Incoming} request
   * @param {Outgoing} response
   */
  async answer(request, response) {
    response.setHeader('access-control-expose-headers', 'etag, x-amz-request-id');
    if (request.method === 'OPTIONS') {
      const wanted = request.headers['access-control-request-headers'] ?? '*';
      response.setHeader('access-control-allow-headers', wanted);
      response.setHeader('access-control-allow-methods', 'GET, HEAD, PUT, POST, DELETE');
      return void response.writeHead(204).end();
    }
    const { status = 200, headers = {}, body = '' } = await this.#tried(request);
    if (typeof body === 'string' && body !== '') headers['content-type'] = 'application/xml';
    response.writeHead(status, headers).end(body);
  }

  /**
   * @param {Incoming} request
   * @returns {Promise<Answer>}
   */
  async #tried(request) {
    try {
      const asked = await this.#read(request);
      return this.#answered(request.method ?? 'GET', asked);
    } catch (error) {
      // A request that its sender broke off ends here, too.
      const known = error instanceof Refused ? error : new Refused(500, 'InternalError');
      const { status, code } = known;
      const body = xml('Error', [
        ['Code', code],
        ['Message', code],
      ]);
      return { status, body: request.method === 'HEAD' ? '' : body };
    }
  }

  /**
   * @param {Incoming} request
   * @returns {Promise<Asked>}
   */
  async #read(request) {
    const [path = '', text = ''] = (request.url ?? '').split(/\?(.*)/s, 2);
    const query = new URLSearchParams(text);
    const isBucket = path === TOP.slice(0, -1);
    if (!isBucket && !path.startsWith(TOP)) throw new Refused(404, 'NoSuchBucket');
    const session = request.headers['x-amz-security-token'] ?? query.get('X-Amz-Security-Token');
    const person = personOf(this.model, String(session ?? ''));
    if (!person) throw new Refused(403, 'AccessDenied');
    /** @type {Buffer[]} */
    const chunks = [];
    let size = 0;
    for await (const chunk of request) {
      size += chunk.length;
      if (size > MAX_BODY) throw new Refused(400, 'EntityTooLarge');
      chunks.push(chunk);
    }
    return {
      key: isBucket ? '' : decoded(path.slice(TOP.length)),
      query,
      type: request.headers['content-type'] ?? 'binary/octet-stream',
      body: Buffer.concat(chunks),
      person,
    };
  }

  /**
   * @param {string} method
   * @param {Asked} asked
   * @returns {Answer}
   */
  #answered(method, asked) {
    if (asked.key === '') return method === 'GET' ? this.#listed(asked) : notThere();
    const id = asked.query.get('uploadId');
    if (asked.query.has('uploads') || id !== null) return this.#inParts(method, id, asked);
    switch (method) {
      case 'GET':
      case 'HEAD':
        return this.#got(method, asked);
      case 'PUT': {
        this.#demand(asked, 's3:PutObject');
        return { headers: { etag: this.bucket.put(asked.key, asked.body, asked.type).tag } };
      }
      case 'DELETE':
        this.#demand(asked, 's3:DeleteObject');
        this.bucket.objects.delete(asked.key);
        return { status: 204 };
      default:
        return notThere();
    }
  }

  /**
   * @param {Asked} asked
   * @param {string} action
   */
  #demand({ key, person }, action) {
    if (!mayDo(this.model, person, { action, key })) throw new Refused(403, 'AccessDenied');
  }

  /**
   * @param {string} method
   * @param {Asked} asked
   * @returns {Answer}
   */
  #got(method, asked) {
    this.#demand(asked, 's3:GetObject');
    const object = this.bucket.objects.get(asked.key);
    if (!object) {
      // Who may not list is not told what there is.
      const wish = { action: 's3:ListBucket', prefix: asked.key };
      const mayKnow = mayDo(this.model, asked.person, wish);
      throw mayKnow ? new Refused(404, 'NoSuchKey') : new Refused(403, 'AccessDenied');
    }
    const { content, type, tag, modified } = object;
    const headers = {
      'content-type': type,
      'content-length': String(content.length),
      // What people uploaded must not act as a page of ours, as it could not act as one of AWS's.
      ...(SHOWN.test(type) ? {} : { 'content-security-policy': 'sandbox' }),
      etag: tag,
      'last-modified': modified.toUTCString(),
    };
    return { headers, body: method === 'HEAD' ? undefined : content };
  }

  /**
   * @param {Asked} asked
   * @returns {Answer}
   */
  #listed({ query, person }) {
    const prefix = query.get('prefix') ?? '';
    const wish = { action: 's3:ListBucket', prefix };
    if (!mayDo(this.model, person, wish)) throw new Refused(403, 'AccessDenied');
    const token = query.get('continuation-token');
    const delimiter = query.get('delimiter') ?? '';
    const limit = Number(query.get('max-keys') ?? 1000);
    const { found, folders, next } = this.bucket.list({
      prefix,
      delimiter,
      limit,
      after: token ? Buffer.from(token, 'base64url').toString() : '',
    });
    const isEncoded = query.get('encoding-type') === 'url';
    /** @param {string} key */
    const shown = (key) => (isEncoded ? encodeURIComponent(key) : key);
    /** @type {import('./xml.js').Part[]} */
    const parts = [
      ['Name', BUCKET],
      ['Prefix', shown(prefix)],
      ['MaxKeys', limit],
      ['KeyCount', found.length + folders.length],
      ['IsTruncated', next !== undefined],
    ];
    if (isEncoded) parts.push(['EncodingType', 'url']);
    // The client wants to hear what it asked for.
    if (delimiter) parts.push(['Delimiter', shown(delimiter)]);
    if (token) parts.push(['ContinuationToken', token]);
    if (next) parts.push(['NextContinuationToken', Buffer.from(next).toString('base64url')]);
    for (const { key, object } of found) {
      parts.push([
        'Contents',
        [
          ['Key', shown(key)],
          ['LastModified', object.modified.toISOString()],
          ['ETag', object.tag],
          ['Size', object.content.length],
        ],
      ]);
    }
    for (const folder of folders) parts.push(['CommonPrefixes', [['Prefix', shown(folder)]]]);
    return { body: xml('ListBucketResult', parts) };
  }

  /**
   * @param {string} method
   * @param {string | null} id
   * @param {Asked} asked
   * @returns {Answer}
   */
  #inParts(method, id, asked) {
    const { key, person, query, body } = asked;
    const upload = id === null ? undefined : this.bucket.upload(key, id);
    // Who began an upload may see and end it.
    const isOwn = upload !== undefined && upload.by === person.identity;
    if (method === 'PUT' || method === 'POST' || !isOwn) this.#demand(asked, 's3:PutObject');
    if (id === null) {
      const begun = this.bucket.begin(key, asked.type, person.identity);
      return {
        body: xml('InitiateMultipartUploadResult', [
          ['Bucket', BUCKET],
          ['Key', key],
          ['UploadId', begun],
        ]),
      };
    }
    if (!upload) throw new Refused(404, 'NoSuchUpload');
    switch (method) {
      case 'PUT': {
        const part = { content: body, tag: tagOf(body) };
        upload.parts.set(Number(query.get('partNumber')), part);
        return { headers: { etag: part.tag } };
      }
      case 'POST': {
        const { tag } = this.bucket.complete(id, upload);
        return {
          body: xml('CompleteMultipartUploadResult', [
            ['Location', `${TOP}${key}`],
            ['Bucket', BUCKET],
            ['Key', key],
            ['ETag', tag],
          ]),
        };
      }
      case 'DELETE':
        this.bucket.abort(id);
        return { status: 204 };
      default: {
        /** @type {import('./xml.js').Part[]} */
        const parts = [...upload.parts].map(([number, { tag, content }]) => [
          'Part',
          [
            ['PartNumber', number],
            ['ETag', tag],
            ['Size', content.length],
          ],
        ]);
        return { body: xml('ListPartsResult', [['UploadId', id], ...parts]) };
      }
    }
  }
}

/** @returns {Answer} */
function notThere() {
  throw new Refused(405, 'MethodNotAllowed');
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refused(400, 'InvalidURI');
  }
}
