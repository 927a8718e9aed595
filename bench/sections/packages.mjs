// Lists what npm installs for the package in a Nest application with axios, class-validator and class-transformer.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const APP = [
  '@nestjs/axios',
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/platform-express',
  'axios',
  'class-transformer',
  'class-validator',
  'reflect-metadata',
  'rxjs',
];

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-packages-'));
  try {
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const app = APP.map((name) => `${name}@${devDependencies[name] ?? 'latest'}`);
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'app', private: true }));
    const npm = (...args) =>
      execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const install = (...wanted) => npm('install', '--prefer-offline', '--no-audit', '--no-fund', '--silent', ...wanted);
    install('--package-lock-only', ...app);
    const before = packagesIn(join(folder, 'package-lock.json'));
    const [{ filename }] = JSON.parse(npm('pack', root, '--json', '--silent', '--ignore-scripts'));
    install(join(folder, filename));
    const added = packagesIn(join(folder, 'node_modules/.package-lock.json'))
      .filter((path) => !before.includes(path))
      .map((path) => [path, sizeOf(join(folder, path))])
      .toSorted(([, one], [, other]) => other - one);
    const bytes = added.reduce((sum, [, size]) => sum + size, 0);
    return {
      title: 'Installed packages',
      notes: [`A Nest app with ${APP.join(', ')} has ${before.length} packages.`],
      tables: [
        {
          title: 'added by the package',
          columns: ['package', 'KiB'],
          rows: [
            ...added.map(([path, size]) => [path.replaceAll('node_modules/', ''), (size / 1_024).toFixed(0)]),
            ['all', (bytes / 1_024).toFixed(0)],
          ],
        },
      ],
      charts: [],
      targets: [{ name: 'packages added to such an app', value: added.length, most: 8 }],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns the paths of the installed packages. */
function packagesIn(lockFile) {
  return Object.keys(JSON.parse(readFileSync(lockFile, 'utf8')).packages).filter((path) => path !== '');
}

/** Returns the size of a package without its dependencies. */
function sizeOf(folder) {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += sizeOf(path);
    else if (entry.isFile()) bytes += statSync(path).size;
  }
  return bytes;
}
