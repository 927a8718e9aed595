import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { RunningPlayground } from '../../support/running-playground.js';
import { until } from '../../support/time.js';
import { seriousFaults } from './axe-violations.js';
import { describeInBrowser } from './chromium.js';
import { click, faultOf, field, phone, steps, trouble } from './playground-page.js';

describeInBrowser('Playground page', (browser) => {
  jest.setTimeout(60_000);
  let playground: RunningPlayground | undefined;
  const running = (): RunningPlayground => {
    if (!playground) throw new Error('The playground was not started');
    return playground;
  };
  beforeAll(async () => {
    playground = await RunningPlayground.start();
  }, 90_000);
  afterAll(() => playground?.close());
  afterEach(async () => {
    await running().post('/playground/queue/resume');
    await fetch(`${running().url}/playground/faults`, { method: 'DELETE' });
    await browser.clear();
  });

  let people = 0;
  /** Enters a phone number that no other test uses. */
  async function writeToSomebody(page: Page): Promise<void> {
    people += 1;
    await page.locator('.compose input[inputmode="tel"]').fill(`+55 11 94444-${String(people).padStart(4, '0')}`);
  }

  async function opened(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await browser.open(running().url, options);
    page.setDefaultTimeout(20_000);
    await writeToSomebody(page);
    return page;
  }

  it('composes, sends and presses a message, and shows each step to the handler', async () => {
    const page = await opened();
    await field(page, 'Text').fill('Shall we *meet*?');
    await field(page, 'Title, Button 1').fill('Of course');
    await phone(page, 'The draft').getByText('meet', { exact: true }).waitFor();
    await phone(page, 'The draft').getByText('Of course').waitFor();
    await click(page, 'Send');
    const real = phone(page, 'The phone of');
    await real.getByRole('button', { name: 'Of course' }).click();
    await real.getByText('App received it · 200').waitFor();
    await steps(page).filter({ hasText: 'Your handler ran' }).waitFor();
    expect(await steps(page).locator('strong').allTextContents()).toEqual([
      'Your app sends',
      'Request',
      'Z-API accepted it',
      'Reply: pressed “Of course”',
      'Your handler ran',
    ]);
    expect(await page.locator('.timeline-list [aria-current]').textContent()).toContain('Replied');
  });

  it('shows issues next to their fields, and the request of each account', async () => {
    const page = await opened();
    await click(page, 'Issues');
    expect(await faultOf(field(page, 'Title, Button 1'))).toBe('Must have at most 20 characters');
    expect(await faultOf(field(page, 'ID in the reply, Button 2'))).toContain('Must be unique');
    expect(await faultOf(field(page, 'To', true))).toContain('phone number');
    expect(await faultOf(field(page, 'Header: Image'))).toContain('URL');
    await page.getByRole('status').filter({ hasText: 'buttons[0].title: Must have' }).waitFor({ state: 'attached' });
    await page.getByRole('button', { name: '7 issues' }).click();
    expect(await field(page, 'To', true).evaluate((input) => input === document.activeElement)).toBe(true);
    await field(page, 'Title, Button 1').fill('Short');
    await page.getByRole('button', { name: '6 issues' }).waitFor();
    expect(await field(page, 'Title, Button 1').getAttribute('aria-invalid')).toBe('false');

    await click(page, 'Order, link');
    const cloud = page.locator('[data-account="whatsapp-cloud"]');
    await cloud.locator('.json-name', { hasText: '"interactive"' }).waitFor();
    expect(await cloud.locator('.request-path').textContent()).toMatch(/\/messages$/);
    expect(await cloud.locator('.json-text').allTextContents()).toContain('"cta_url"');
    await page.locator('[data-account="chatvolt"]').getByText('does not support images').waitFor();
  });

  it('previews mixed buttons as split, as numbered text, or as rejected', async () => {
    const page = await opened();
    await click(page, 'Mixed buttons');
    const draft = phone(page, 'The draft');
    await page.locator('[data-account="z-api"]').getByText('Split in two').waitFor();
    await until(async () => (await draft.locator('.bubble').count()) === 2);
    await page.getByRole('switch', { name: 'Split mixed buttons' }).click();
    await draft.getByText('1. Pay online', { exact: false }).or(draft.getByText('Pay online:')).first().waitFor();
    expect(await draft.locator('.message-button').count()).toBe(0);
    await page.getByRole('switch', { name: 'Fall back to text' }).click();
    await page.getByText('This message would not be sent').waitFor();
    await page.locator('[data-account="z-api"]').getByText('cannot mix').waitFor();
  });

  it('adds, moves and removes buttons by keyboard', async () => {
    const page = await opened();
    await page.getByRole('button', { name: 'Add a button: Copy' }).press('Enter');
    await field(page, 'Title, Button 3').fill('Copy it');
    await page.getByRole('button', { name: 'Move button 3 up' }).press('Enter');
    expect(await field(page, 'Title, Button 2').inputValue()).toBe('Copy it');
    await page.getByRole('button', { name: 'Remove button 1' }).press('Enter');
    expect(await field(page, 'Title, Button 1').inputValue()).toBe('Copy it');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Reply');
    await page.getByRole('tab', { name: 'Providers' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tabpanel', { name: 'Timeline' }).waitFor();
  });

  it('retries after a planned 429, but not after an unknown outcome', async () => {
    const page = await opened();
    await trouble(page, 'Too many requests');
    await page.getByText('Too many requests: the next request').waitFor();
    await click(page, 'Send');
    await steps(page).filter({ hasText: 'accepted it' }).waitFor();
    const first = steps(page).filter({ has: page.getByText('Request', { exact: true }) });
    await first.getByText('429').waitFor();
    expect(await first.locator('.step-marks span').allTextContents()).toEqual(
      expect.arrayContaining(['429', 'rate-limited', 'not sent']),
    );
    await steps(page).filter({ hasText: 'Retry (attempt 2)' }).waitFor();
    expect(await page.getByText('Too many requests: the next request').count()).toBe(0);

    await trouble(page, 'Accepts, and closes the connection');
    await click(page, 'Send');
    await steps(page).filter({ hasText: 'Outcome unknown' }).waitFor();
    expect(await steps(page).filter({ hasText: 'Retry' }).count()).toBe(0);
    await trouble(page, 'Accepts, and closes the connection');
    await click(page, 'Remove all faults');
    await page.getByText('Accepts, and closes the connection: the next request').waitFor({ state: 'detached' });
  });

  it('sends a numbered text after the provider rejects the buttons', async () => {
    const page = await opened();
    await click(page, 'Send');
    const real = phone(page, 'The phone of');
    await real.locator('.bubble').first().hover();
    await real.getByRole('button', { name: 'Message options' }).click();
    await page.getByRole('menuitem', { name: 'Mark as failed' }).click();
    await real.locator('.bubble', { hasText: 'Another time' }).nth(1).waitFor();
    await steps(page).filter({ hasText: 'Rejected later' }).waitFor();
    await steps(page).filter({ hasText: 'a numbered text was sent' }).waitFor();
  });

  it('pauses and resumes the queue, and releases held messages', async () => {
    const page = await opened();
    await trouble(page, 'Accepts, and closes the connection');
    await page.getByRole('radio', { name: 'Through the queue' }).check({ force: true });
    await page.getByRole('button', { name: 'Enqueue', exact: true }).click();
    await steps(page).filter({ hasText: 'Held: the outcome is unknown' }).waitFor();
    await page.getByRole('tab', { name: 'Queue' }).click();
    await until(async () => (await count(page, 'held')) === 1);
    const sent = await count(page, 'sent');
    await page.getByRole('button', { name: /^Send the message to .* again$/ }).click();
    await until(async () => (await count(page, 'held')) === 0 && (await count(page, 'sent')) === sent + 1);

    await click(page, 'Pause');
    await page.getByText('Paused: messages wait').waitFor();
    await click(page, 'Enqueue fifty');
    await until(async () => (await count(page, 'waiting')) + (await count(page, 'delayed')) === 50);
    await click(page, 'Resume');
    // Wait for all: a message sent later would use up the fault of the next test.
    await until(async () => (await count(page, 'sent')) >= sent + 50, 40_000);
    await page.getByRole('tab', { name: 'Timeline' }).click();
    await steps(page).filter({ hasText: 'Released to send again' }).waitFor();
  });

  it('shows untrusted text as text, in both languages', async () => {
    const page = await opened({ locale: 'pt-BR' });
    const strange = '<img src=x onerror="document.title=1"><script>alert(1)</script>';
    await field(page, 'Texto').fill(strange);
    await field(page, 'Título, Botão 1').fill('<b>Oi</b>');
    await click(page, 'Enviar');
    await phone(page, 'O telefone de').getByRole('button', { name: '<b>Oi</b>' }).click();
    await steps(page).filter({ hasText: 'Resposta: tocou em “<b>Oi</b>”' }).waitFor();
    expect(await page.locator('.timeline-text').first().textContent()).toBe(strange);
    expect(await page.locator('img, script:not([src])').count()).toBe(0);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Playground' }).waitFor();
    expect(await page.title()).toBe('Playground');
  });

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('has no serious accessibility issue: %s, %i px wide', async (colorScheme, width) => {
    const isNarrow = width === 390;
    const page = await opened({
      colorScheme,
      viewport: { width, height: 860 },
      reducedMotion: 'reduce',
      bypassCSP: true,
    });
    const found: string[] = [];
    const look = async (place: string) => {
      const faults = await seriousFaults(page);
      found.push(...faults.map((fault) => `${place}: ${fault}`));
    };
    const show = (view: string) => page.getByRole('tab', { name: view }).click();
    await click(page, 'Mixed buttons');
    await page.locator('.request').first().waitFor();
    await look('providers');
    await click(page, 'Issues');
    await page.locator('.issue').first().waitFor();
    await look('faults');
    await click(page, 'Appointment');
    await page.locator('.verdict--good').waitFor();
    await writeToSomebody(page);
    await trouble(page, 'Too many requests');
    if (isNarrow) await show('Compose');
    await click(page, 'Send');
    await phone(page, 'The phone of').getByRole('button', { name: 'Confirm' }).click();
    await phone(page, 'The phone of').getByText('App received it').waitFor();
    if (isNarrow) await look('phone');
    await show('Timeline');
    await steps(page).filter({ hasText: 'Your handler ran' }).waitFor();
    await look('timeline');
    await show('Queue');
    await look('queue');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
    expect(found).toEqual([]);
  });
});

async function count(page: Page, state: string): Promise<number> {
  return Number(await page.locator(`[data-state="${state}"] dd`).textContent());
}
