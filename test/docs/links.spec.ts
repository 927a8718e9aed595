import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { documents } from './markdown.js';

const run = promisify(execFile);
const REMARK = resolve('node_modules/remark-cli/cli.js');
const OPTIONS = ['--frail', '--quiet', '--no-stdout', '--no-config', '--no-color'];
const PLUGINS = ['--use', 'remark-gfm', '--use', 'remark-validate-links=repository:false'];

it('documentation links point to existing files and headings', async () => {
  const files = await documents();
  const complaints = await run(process.execPath, [REMARK, ...OPTIONS, ...PLUGINS, ...files]).then(
    () => '',
    ({ stderr }: { stderr: string }) => stderr,
  );
  expect(complaints).toBe('');
}, 30_000);
