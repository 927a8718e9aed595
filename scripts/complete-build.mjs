// Completes `dist` after the compiler: copies the JavaScript of threads and the built page, marks the build for
// `require` as CommonJS, and replaces `import.meta.url` in it.
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
