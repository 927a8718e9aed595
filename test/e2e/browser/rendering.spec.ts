import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { until } from '../../support/time.js';
import { describeInBrowser } from './chromium.js';
import {
  CHATVOLT_KINDS,
  CLOUD_KINDS,
  PHONE,
  sendChatvolt,
  sendCloud,
  sendZApi,
  Z_API_KINDS,
} from './messages-of-each-kind.js';

describeInBrowser('Simulator page', (browser) => {
  let simulator: GatewaySimulator;
  beforeEach(async () => {
    simulator = await GatewaySimulator.start();
  });
  afterEach(async () => {
    try {
      await browser.clear();
    } finally {
      await simulator.close();
    }
  });

  const opened = (options = {}) => browser.open(simulator.url, options);

  it('shows instructions while no message has arrived', async () => {
    const page = await opened();
    await page.getByRole('heading', { name: 'No messages yet' }).waitFor();
    expect(await page.getByText('Give your app the simulator’s accounts').isVisible()).toBe(true);
    await page.getByText(simulator.zApi.baseUrl).waitFor();
    simulator.webhooks('http://127.0.0.1:9/webhooks');
    await page.getByText('http://127.0.0.1:9/webhooks').waitFor();
    await sendZApi(simulator, 'send-text', { message: 'The first' });
    await received(page, 'The first').waitFor();
  });

  it('shows every kind of message of every provider', async () => {
    const page = await opened();
    for (const [endpoint, body, words] of Z_API_KINDS) {
      await sendZApi(simulator, endpoint, body);
      await shows(page, words, 'Z-API');
    }
    for (const [path, body, words] of CHATVOLT_KINDS) {
      await sendChatvolt(simulator, path, body);
      await shows(page, words, 'Chatvolt');
    }
    for (const [, body, words] of CLOUD_KINDS) {
      await sendCloud(simulator, body);
      await shows(page, words, 'Cloud API');
    }
    // All messages were sent to one number, so there is one phone.
    expect(await page.getByRole('navigation', { name: 'Phones' }).getByRole('button').count()).toBe(1);
    await page.getByRole('navigation').getByText('+55 11 99999 0001').waitFor();
  });

  it('shows embedded images, and a placeholder for files it cannot load', async () => {
    const page = await opened();
    await sendZApi(simulator, 'send-button-list', Z_API_KINDS[2]?.[1] ?? {});
    const image = page.getByRole('img', { name: 'Image' });
    await image.waitFor();
    await page.waitForFunction(() => document.querySelector('img')?.naturalWidth === 1);
    expect(await image.getAttribute('src')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/phones\/media\?message=/);
    await sendZApi(simulator, 'send-button-list', {
      message: 'Svg',
      buttonList: { image: 'data:image/svg+xml;base64,PHN2Zy8+', buttons: [{ label: 'A' }] },
    });
    await last(page).getByText('not available here').waitFor();
  });

  it('opens links, calls and codes on the phone only', async () => {
    const page = await opened();
    await sendZApi(simulator, 'send-button-actions', Z_API_KINDS[1]?.[1] ?? {});
    const link = page.getByRole('link', { name: 'Site' });
    expect(await link.getAttribute('href')).toBe('https://example.com/a');
    expect(await link.getAttribute('rel')).toContain('noopener');
    expect(await page.getByRole('link', { name: 'Call us' }).getAttribute('href')).toBe('tel:+551133334444');
    await sendZApi(simulator, 'send-button-otp', Z_API_KINDS[4]?.[1] ?? {});
    await page.getByRole('button', { name: 'Copy it' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('482913');
  });

  it('formats text as WhatsApp does', async () => {
    const page = await opened();
    const message = '*bold* _italic_ ~gone~ `code` ```mono```\n> quoted\n* point\n1. first\nhttps://example.com/x?y=1.';
    await sendZApi(simulator, 'send-text', { message });
    const text = last(page);
    for (const [element, words] of [
      ['strong', 'bold'],
      ['em', 'italic'],
      ['s', 'gone'],
      ['code.code', 'code'],
      ['code.mono', 'mono'],
      ['blockquote', 'quoted'],
      ['ul > li', 'point'],
      ['ol > li', 'first'],
      ['a', 'https://example.com/x?y=1'],
    ] as const) {
      expect(await text.locator(`.text ${element}`).textContent()).toBe(words);
    }
  });

  it('shows ticks for the status of a message', async () => {
    const page = await opened();
    const id = await sendZApi(simulator, 'send-text', { message: 'On its way' });
    const tick = last(page).locator('.ticks');
    await tick.getByText('Accepted').waitFor();
    for (const [status, word] of [
      ['sent', 'Sent'],
      ['delivered', 'Delivered'],
      ['read', 'Read'],
    ] as const) {
      await simulator.deliver(id, status).catch(() => {});
      await tick.getByText(word).waitFor();
    }
    const blue = await tick.evaluate((element) => getComputedStyle(element).color);
    expect(blue).toBe('rgb(11, 132, 198)');
    await simulator.deliver(id, 'failed', 'Number is not on WhatsApp').catch(() => {});
    await last(page).getByText('Failed: Number is not on WhatsApp').waitFor();
  });

  it('shows untrusted text as text, without running it', async () => {
    const page = await opened();
    const evil =
      '<img src=x onerror="window.hit=1"><script>window.hit=1</script>\u202Egnp.exe\u2066 javascript:alert(1)';
    await sendZApi(simulator, 'send-button-actions', {
      title: evil,
      message: evil,
      footer: evil,
      buttonActions: [
        { type: 'REPLY', id: 'a', label: evil },
        { type: 'URL', label: 'Bad call', url: 'https://example.com/"><script>' },
        { type: 'CALL', label: 'Odd', phone: 'javascript:alert(1)' },
      ],
    });
    await sendZApi(simulator, 'send-option-list', {
      message: evil,
      optionList: { title: evil, buttonLabel: 'Open', options: [{ title: evil, description: evil }] },
    });
    await last(page).getByRole('button', { name: 'Open' }).click();
    await page.getByRole('dialog').getByRole('radio').waitFor();
    expect(await page.locator('.text').first().textContent()).toBe(evil);
    expect(await page.evaluate(() => 'hit' in window)).toBe(false);
    const hrefs = await page.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(hrefs.every((href) => /^(?:https?:\/\/|tel:)/.test(href ?? ''))).toBe(true);
    // Direction marks in a text must not affect the text after it.
    for (const words of await page.locator('.title, .text, .footer, .message-button bdi').all()) {
      expect(await words.evaluate((element) => getComputedStyle(element).unicodeBidi)).toBe('isolate');
    }
  });

  it('folds a text of 4,096 characters, and shows 200 messages quickly', async () => {
    const page = await opened();
    const long = `${'word '.repeat(818)}ending`;
    expect(long).toHaveLength(4_096);
    await sendZApi(simulator, 'send-text', { message: long });
    const text = last(page).locator('.text');
    await text.getByRole('button', { name: 'Read more' }).click();
    expect(await text.textContent()).toBe(long);
    await Promise.all(
      Array.from({ length: 250 }, (_, index) => sendZApi(simulator, 'send-text', { message: `Number ${index}` })),
    );
    await page.getByRole('button', { name: 'Show 51 earlier' }).waitFor();
    expect(await page.locator('.bubble').count()).toBe(200);
    const start = performance.now();
    await sendZApi(simulator, 'send-text', { message: 'After all others' });
    await received(page, 'After all others').waitFor();
    expect(performance.now() - start).toBeLessThan(1_000);
    await page.getByRole('button', { name: /^Show \d+ earlier$/ }).click();
    await page.waitForFunction(() => document.querySelectorAll('.bubble').length === 252);
  });

  describe('Language', () => {
    it("uses the browser's language until the reader switches it", async () => {
      await sendZApi(simulator, 'send-text', { message: 'Oi' });
      const page = await opened({ locale: 'pt-BR' });
      await page.getByRole('heading', { name: 'Simulador de gateways' }).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('pt-BR');
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('heading', { name: 'Gateway simulator' }).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: 'Gateway simulator' }).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
    });
  });

  describe('Appearance', () => {
    it("uses the system's appearance until the reader switches it", async () => {
      await sendZApi(simulator, 'send-text', { message: 'Oi' });
      const page = await opened({ colorScheme: 'dark' });
      const bubble = last(page).locator('.bubble');
      const colour = () => bubble.evaluate((element) => getComputedStyle(element).backgroundColor);
      expect(await colour()).toBe('rgb(31, 44, 51)');
      await page.getByRole('button', { name: 'Light appearance' }).click();
      await until(async () => (await colour()) === 'rgb(255, 255, 255)');
      await page.reload();
      await until(async () => (await colour()) === 'rgb(255, 255, 255)');
    });
  });

  it('stays on the open phone when another one receives a message', async () => {
    await sendZApi(simulator, 'send-text', { message: 'Being read' });
    const page = await opened();
    await received(page, 'Being read').waitFor();
    const field = page.getByRole('textbox', { name: 'Message' });
    await field.fill('half a thou');
    await sendZApi(simulator, 'send-text', { phone: '15550100200', message: 'To another' });
    const list = page.getByRole('navigation', { name: 'Phones' });
    await list.getByText('1 new').waitFor({ state: 'attached' });
    expect(await list.getByRole('button').first().textContent()).toContain('To another');
    expect(await field.inputValue()).toBe('half a thou');
    await received(page, 'Being read').waitFor();
    await list.getByRole('button').first().click();
    await received(page, 'To another').waitFor();
    await list.getByText('1 new').waitFor({ state: 'detached' });
  });

  it('lists the 100 phones of the latest messages, and more on request', async () => {
    await Promise.all(
      Array.from({ length: 250 }, (_, index) =>
        sendZApi(simulator, 'send-text', { phone: String(5511900000000 + index), message: `To number ${index}` }),
      ),
    );
    const page = await opened();
    const rows = page.getByRole('navigation', { name: 'Phones' }).locator('.phone-row');
    const more = page.getByRole('button', { name: 'Show more · 150 left' });
    await more.waitFor();
    expect(await rows.count()).toBe(100);
    await more.click();
    await until(async () => (await rows.count()) === 200);
    await page.getByRole('searchbox').fill('11 90000-000');
    await until(async () => (await rows.count()) === 10);
  });

  it('shows either the searchable list or one phone on a small screen', async () => {
    await sendZApi(simulator, 'send-text', { message: 'To the first' });
    await sendZApi(simulator, 'send-text', { phone: '15550100200', message: 'To the *second*' });
    const page = await opened({ viewport: { width: 390, height: 844 } });
    const list = page.getByRole('navigation', { name: 'Phones' });
    await list.getByText('To the second').waitFor();
    await page.getByRole('searchbox').fill('99999');
    await list.getByText('To the second').waitFor({ state: 'detached' });
    await list.getByRole('button', { name: /\+55 11 99999 0001/ }).click();
    await received(page, 'To the first').waitFor();
    expect(await list.isVisible()).toBe(false);
    const back = page.getByRole('button', { name: 'Back to the phones' });
    await until(() => back.evaluate((element) => element === document.activeElement));
    expect(page.url()).toContain(`#phone=${PHONE}`);
    await back.click();
    await list.waitFor();
    const row = list.getByRole('button', { name: /\+55 11 99999 0001/ });
    await until(() => row.evaluate((element) => element === document.activeElement));
    await sendZApi(simulator, 'send-text', { phone: '15550100200', message: 'Once more' });
    await page.getByRole('searchbox').fill('');
    await list.getByText('1 new').waitFor({ state: 'attached' });
  });
});

function last(page: Page): Locator {
  return page.locator('.bubble-line').last();
}

function received(page: Page, words: string): Locator {
  return page.locator('.bubble--received', { hasText: words });
}

async function shows(page: Page, words: string[], provider: string): Promise<void> {
  const [first = ''] = words;
  await page.locator('.bubble-line', { hasText: first }).last().waitFor();
  for (const word of words) await last(page).getByText(word, { exact: true }).first().waitFor();
  await last(page).getByText(provider, { exact: true }).waitFor();
}
