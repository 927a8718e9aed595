import { type Answer, textAnswer } from '../server/answer.js';
import type { SimulatedAccount, SimulatedProviderName } from '../simulated-account.interface.js';

/** The page at the root: what runs here, where, and how many messages were accepted. */
export function startPage(
  accounts: readonly SimulatedAccount[],
  accepted: Readonly<Record<SimulatedProviderName, number>>,
): Answer {
  const rows = accounts.map(
    ({ provider, baseUrl }) =>
      `<tr><th scope="row">${provider}</th><td><code>${escaped(baseUrl)}</code></td><td>${accepted[provider]}</td></tr>`,
  );
  const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gateway simulator</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 3rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .5rem 1rem .5rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
td:last-child, thead th:last-child { text-align: right; padding-right: 0; font-variant-numeric: tabular-nums; }
</style>
</head>
<body>
<main>
<h1>Gateway simulator</h1>
<p>Z-API, Chatvolt and the WhatsApp Cloud API are played here, for development. No message leaves this machine.</p>
<table>
<thead><tr><th scope="col">Provider</th><th scope="col">Base URL</th><th scope="col">Accepted messages</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</main>
</body>
</html>
`;
  return textAnswer(200, page, 'text/html', {
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'cache-control': 'no-store',
  });
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
