// Adds the repository to package.json before it is published, because npm's provenance compares `repository` with the
// repository whose workflow publishes. The URL is that of the workflow's own repository.
//
//   GITHUB_SERVER_URL=https://github.com GITHUB_REPOSITORY=owner/name node scripts/name-repository.mjs [package.json]
import { readFileSync, writeFileSync } from 'node:fs';

const OWNER_AND_NAME = /^[\w.-]+\/[\w.-]+$/;

/** Returns the URL of the repository in which the workflow runs. */
function repositoryAddress({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository }) {
  if (!repository || !server) {
    throw new Error('GITHUB_SERVER_URL and GITHUB_REPOSITORY must be set. Publish with the release workflow.');
  }
  if (!OWNER_AND_NAME.test(repository)) {
    throw new Error(`GITHUB_REPOSITORY must be owner/name, not ${JSON.stringify(repository)}.`);
  }
  if (!URL.canParse(server) || new URL(server).protocol !== 'https:') {
    throw new Error(`GITHUB_SERVER_URL must be an https URL, not ${JSON.stringify(server)}.`);
  }
  return new URL(repository, server).href;
}

try {
  const [file = 'package.json'] = process.argv.slice(2);
  const address = repositoryAddress(process.env);
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  const named = {
    ...manifest,
    repository: { type: 'git', url: `git+${address}.git` },
    homepage: `${address}#readme`,
    bugs: { url: `${address}/issues` },
  };
  writeFileSync(file, `${JSON.stringify(named, null, 2)}\n`);
  console.log(`Added ${address} to ${file}.`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
