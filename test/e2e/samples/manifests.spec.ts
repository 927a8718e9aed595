import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

interface Manifest {
  version: string;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

const IMPORTS = /^(?:import|export) (?:.* from )?'([^.'][^']*)';$|^\} from '([^.'][^']*)';$/gm;
const root = manifestOf('.');
const SAMPLES = readdirSync('sample').filter((name) => /^\d\d-/.test(name));

describe.each(SAMPLES)('the package.json of sample/%s', (name) => {
  const folder = join('sample', name);
  const { dependencies, devDependencies } = manifestOf(folder);

  it('has the versions of the repository', () => {
    const expected = { ...root.dependencies, ...root.devDependencies, 'nestjs-button-messaging': `^${root.version}` };
    expect(expected).toMatchObject({ ...dependencies, ...devDependencies });
  });

  it('declares what the sample imports', () => {
    expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(importsOf(join(folder, 'src'))));
    const declared = Object.keys({ ...dependencies, ...devDependencies });
    expect(declared).toEqual(expect.arrayContaining(importsOf(join(folder, 'test'))));
  });
});

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/** Returns the names of the packages that the sources of a folder import. */
function importsOf(folder: string): string[] {
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const imported = sources.flatMap((path) =>
    [...readFileSync(join(folder, path), 'utf8').matchAll(IMPORTS)].map(([, single, last]) => single ?? last ?? ''),
  );
  const packages = imported.filter((specifier) => !specifier.startsWith('node:'));
  return [...new Set(packages.map(packageOf))];
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}
