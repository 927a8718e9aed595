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
 * The bytes of a body, unpacked.
 *
 * @param encoding The header `Content-Encoding`.
 * @throws RangeError, TypeError, or an error of zlib's, where the encoding is not known, where there would be more than
 * `mostBytes`, or where the bytes are broken.
 */
export async function decodeContent(
  bytes: Uint8Array,
  encoding: string | undefined,
  mostBytes: number,
): Promise<Uint8Array> {
  const name = encoding?.trim().toLowerCase() || 'identity';
  const decode = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
  if (!decode) throw new TypeError('The encoding is not known.');
  return decode(bytes, { maxOutputLength: mostBytes });
}
