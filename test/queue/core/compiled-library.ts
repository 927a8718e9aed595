import { cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { transformFile } from '@swc/core';

/** The library as plain JavaScript, for processes without Jest. */
export async function compileLibrary(directory: string): Promise<void> {
  const lib = resolve('lib');
  for (const path of await readdir(lib, { recursive: true })) {
    const target = join(directory, path);
    if (path.endsWith('.mjs')) await cp(join(lib, path), target);
    if (!path.endsWith('.ts') || path.endsWith('.d.ts')) continue;
    await mkdir(dirname(target), { recursive: true });
    const { code } = await transformFile(join(lib, path), {
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      },
      module: { type: 'es6' },
    });
    await writeFile(target.replace(/\.ts$/, '.js'), code);
  }
  await writeFile(join(directory, 'package.json'), '{"type":"module"}');
  await symlink(resolve('node_modules'), join(directory, 'node_modules'));
}
