// Takes the screenshot of the playground for the documentation. Run `npm run build:sample` first:
//
//   node scripts/playground-picture.mjs            CHROMIUM_PATH replaces /usr/bin/chromium
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import 'reflect-metadata';
import { startPlayground } from '../sample/04-playground/dist/start-playground.js';

const PICTURE = 'docs/pictures/playground.png';

const { url, simulator, close } = await startPlayground(3000);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
const page = await browser.newPage({
  viewport: { width: 1360, height: 860 },
  deviceScaleFactor: 1.5,
  locale: 'en-GB',
  colorScheme: 'light',
});
await page.goto(url);
simulator.fail('z-api', 'rate-limited');
await page.locator('.verdict--good').waitFor();
await page.getByRole('button', { name: 'Send', exact: true }).click();
const phone = page.getByRole('region', { name: 'The phone of' });
await phone.getByRole('button', { name: 'Confirm' }).waitFor();
await simulator.deliver(simulator.messages().at(-1)?.id ?? '', 'read');
await phone.getByRole('button', { name: 'Confirm' }).click();
await page.locator('.step', { hasText: 'Your handler ran' }).waitFor();
await phone.getByText('App received it').waitFor();
await page.locator('.view-tabs').hover();
await page.evaluate(() => document.fonts.ready);
mkdirSync('docs/pictures', { recursive: true });
await page.screenshot({ path: PICTURE, animations: 'disabled' });
await browser.close();
await close();
