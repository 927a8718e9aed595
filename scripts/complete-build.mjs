// What the compiler leaves undone in `dist`: threads that are plain JavaScript and the built page are copied, and the
// second build, which `require` gets, is marked as CommonJS and finds its own place as CommonJS does.
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BUILDS = ['dist/esm', 'dist/cjs'].filter((build) => existsSync(build));

for (const file of readdirSync('lib', { recursive: true }).filter((name) => name.endsWith('.mjs'))) {
  for (const build of BUILDS) cpSync(join('lib', file), join(build, file));
}

const PAGE = 'simulator/page';
if (existsSync(join('lib', PAGE))) {
  for (const build of BUILDS) cpSync(join('lib', PAGE), join(build, PAGE), { recursive: true });
}

if (existsSync('dist/cjs')) {
  writeFileSync('dist/cjs/package.json', '{ "type": "commonjs" }\n');
  for (const file of readdirSync('dist/cjs', { recursive: true }).filter((name) => name.endsWith('.js'))) {
    const path = join('dist/cjs', file);
    const code = readFileSync(path, 'utf8');
    if (!code.includes('import.meta.url')) continue;
    writeFileSync(path, code.replaceAll('import.meta.url', "require('node:url').pathToFileURL(__filename)"));
  }
}
