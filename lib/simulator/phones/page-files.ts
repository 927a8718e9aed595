import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the page. */
export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
  /** Whether its name changes with its content, so that browsers can cache it forever. */
  readonly lasting: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** Reads the files of the built page when first needed. */
export class PageFiles {
  private reading: Promise<ReadonlyMap<string, PageFile>> | undefined;

  /** Returns the file at a path, or undefined. */
  async at(path: string): Promise<PageFile | undefined> {
    this.reading ??= readFiles();
    const files = await this.reading;
    return files.get(path === '/' ? '/index.html' : path);
  }
}

// In two steps, and as text, because a bundler would include the whole as an asset, and some do not support
// `import.meta.url`.
function directoryOfPage(): string | undefined {
  const here = String(import.meta.url);
  if (!URL.canParse('../page', here)) return undefined;
  const url = new URL('../page', here);
  return url.protocol === 'file:' ? fileURLToPath(url) : undefined;
}

async function readFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const directory = directoryOfPage();
  if (directory === undefined) return new Map();
  const files = new Map<string, PageFile>();
  const names = await readdir(directory, { recursive: true }).catch(() => []);
  for (const name of names) {
    const type = TYPES[extname(name)];
    if (!type) continue;
    const path = `/${name.replaceAll('\\', '/')}`;
    files.set(path, { type, bytes: await readFile(join(directory, name)), lasting: path.startsWith('/assets/') });
  }
  return files;
}
