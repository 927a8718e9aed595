import { cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { transformFile } from '@swc/core';

/** The library as plain JavaScript, for processes without Jest. */
export async function compileLibrary(directory: string): Promise<void> {
  await compileSources('lib', directory);
  await writeFile(join(directory, 'package.json'), '{"type":"module"}');
  await symlink(resolve('node_modules'), join(directory, 'node_modules'));
}

/** A folder's sources as plain JavaScript. */
export async function compileSources(folder: string, directory: string): Promise<void> {
  const sources = resolve(folder);
  for (const path of await readdir(sources, { recursive: true })) {
    const target = join(directory, path);
    if (path.endsWith('.mjs')) await cp(join(sources, path), target);
    if (!path.endsWith('.ts') || path.endsWith('.d.ts')) continue;
    await mkdir(dirname(target), { recursive: true });
    const { code } = await transformFile(join(sources, path), {
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      },
      module: { type: 'es6' },
    });
    await writeFile(target.replace(/\.ts$/, '.js'), code);
  }
}
