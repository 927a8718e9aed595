/**
 * Bundles a small application for each entry point into one file, and runs it where no package is installed: it sends a
 * message, and what cannot work in a bundle says so. After `npm run build`:
 *
 *     node test/e2e/package/run-bundles.mjs
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import webpack from 'webpack';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../..', import.meta.url));
const applications = fileURLToPath(new URL('bundles', import.meta.url));
const bundles = await mkdtemp(join(tmpdir(), 'bundles-'));
// Beside the packages while it is bundled, and away from them when it runs.
const sources = join(root, 'node_modules/.cache/bundles');
const names = (await readdir(applications)).filter((file) => !file.startsWith('exercise')).sort();
/** What Nest and its packages look for and can do without. */
const ABSENT = [
  /^@nestjs\/(microservices|websockets)/,
  /^@fastify\/(static|view)$/,
  /^@valkey\//,
  /^pg-native$/,
  /^class-transformer\/storage$/,
];
const isAbsent = (request) => ABSENT.some((pattern) => pattern.test(request));

/** Some of Nest's own packages need the address of their module, which a CommonJS bundle of esbuild does not have. */
const NEEDS_ADDRESS = ['health.mjs', 'swagger.mjs'];

const absent = {
  name: 'absent',
  setup({ onResolve }) {
    onResolve({ filter: /^[@\w]/ }, ({ path }) => (isAbsent(path) ? { path, external: true } : undefined));
  },
};

function byEsbuild(name, format, alias) {
  const extension = format === 'esm' ? 'mjs' : 'cjs';
  return bundled(`esbuild-${alias ? 'of-commonjs-' : ''}${name.replace('.mjs', '')}.${extension}`, (outfile) =>
    build({
      entryPoints: [join(sources, name)],
      outfile,
      format,
      bundle: true,
      platform: 'node',
      logLevel: 'silent',
      plugins: [absent],
      ...(alias && { alias }),
      ...(format === 'esm' && {
        banner: {
          js: "import { createRequire as toRequire } from 'node:module'; const require = toRequire(import.meta.url);",
        },
      }),
    }),
  );
}

function byWebpack(name) {
  return bundled(`webpack-${name.replace('.mjs', '')}.cjs`, (outfile) => {
    const compiler = webpack({
      mode: 'none',
      target: 'node20',
      entry: join(sources, name),
      output: { path: bundles, filename: outfile.slice(bundles.length + 1), library: { type: 'commonjs2' } },
      module: { parser: { javascript: { dynamicImportMode: 'eager' } } },
      externals: ({ request }, decide) => (isAbsent(request) ? decide(null, `commonjs ${request}`) : decide()),
    });
    return new Promise((resolve, reject) => {
      compiler.run((error, stats) => {
        const [failed] = stats?.toJson({ all: false, errors: true }).errors ?? [];
        if (error ?? failed) reject(error ?? new Error(failed.message));
        else compiler.close(resolve);
      });
    });
  });
}

async function bundled(file, bundle) {
  const began = performance.now();
  const outfile = join(bundles, file);
  try {
    await bundle(outfile);
    await run(process.execPath, [outfile], { cwd: bundles, timeout: 60_000 });
    console.log(`ok     ${file}  (${Math.round(performance.now() - began)} ms)`);
    return true;
  } catch (error) {
    console.log(`FAILED ${file}\n${error.stdout ?? ''}${error.stderr || error}`);
    return false;
  }
}

const results = [];
try {
  await rm(sources, { recursive: true, force: true });
  await mkdir(sources, { recursive: true });
  await cp(applications, sources, { recursive: true });
  await writeFile(join(bundles, 'package.json'), '{}');
  const commonjs = { 'nestjs-button-messaging': join(root, 'dist/cjs') };
  for (const name of names) {
    results.push(await byEsbuild(name, 'esm'));
    if (!NEEDS_ADDRESS.includes(name)) {
      results.push(await byEsbuild(name, 'cjs'));
      results.push(await byEsbuild(name, 'cjs', commonjs));
    }
    results.push(await byWebpack(name));
  }
} finally {
  await rm(sources, { recursive: true, force: true });
  if (!process.argv.includes('--keep')) await rm(bundles, { recursive: true, force: true });
}
const failed = results.filter((isGood) => !isGood).length;
console.log(failed === 0 ? '\nEvery bundle works.' : `\n${failed} of ${results.length} bundles failed.`);
process.exitCode = failed === 0 ? 0 : 1;
