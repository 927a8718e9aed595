// Compares the public names and types of every entry point with their reports in `api/`, and fails if they differ.
// `npm run lint:api -- --update` rewrites the reports.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';

const isUpdate = process.argv.includes('--update');
const { exports: entries } = createRequire(import.meta.url)('../package.json');
const root = resolve(import.meta.dirname, '..');

const changed = Object.entries(entries).filter(([path, entry]) => {
  if (typeof entry === 'string') return false;
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: resolve(root, entry.import.types),
      compiler: { tsconfigFilePath: resolve(root, 'tsconfig.build.json') },
      apiReport: {
        enabled: true,
        reportFileName: path === '.' ? 'index' : path.slice('./'.length),
        reportFolder: resolve(root, 'api'),
        reportTempFolder: resolve(root, 'node_modules/.cache/api'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: 'none' } },
        extractorMessageReporting: { default: { logLevel: 'none' } },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: resolve(root, 'package.json'),
  });
  const { apiReportChanged } = Extractor.invoke(config, { localBuild: isUpdate, messageCallback: silence });
  return apiReportChanged;
});

for (const [path] of changed) {
  console.error(isUpdate ? `Updated the API report of ${path}` : `The public API of ${path} differs from its report`);
}
if (changed.length > 0 && !isUpdate) {
  console.error(
    'If the change is intended, run `npm run build && npm run lint:api -- --update` and commit the reports.',
  );
  process.exitCode = 1;
}

function silence(message) {
  if (message.logLevel !== 'error') message.handled = true;
}
