import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** Returns the serious and critical issues that axe finds on a page opened with `bypassCSP`. */
export async function seriousFaults(page: Page, within = 'body'): Promise<string[]> {
  await page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'));
  const found: string =
    await page.evaluate(`axe.run('${within}', { resultTypes: ['violations'] }).then(({ violations }) =>
    JSON.stringify(violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => id + ': ' + nodes.map(({ html, failureSummary }) => html.slice(0, 160) + ' ' + failureSummary).join(' | '))))`);
  return JSON.parse(found);
}
