import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

type Decoder = (bytes: Uint8Array, limit: { maxOutputLength: number }) => Promise<Uint8Array>;

const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  identity: async (bytes) => bytes,
};

/**
 * Decodes a body.
 *
 * @param encoding The `Content-Encoding` header.
 * @throws TypeError if the encoding is not supported.
 * @throws RangeError, or an error of zlib, if the body is larger than `maxBytes` or invalid.
 */
export async function decodeContent(
  bytes: Uint8Array,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Uint8Array> {
  const name = encoding?.trim().toLowerCase() || 'identity';
  const decode = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
  if (!decode) throw new TypeError('Unsupported Content-Encoding');
  return decode(bytes, { maxOutputLength: maxBytes });
}
