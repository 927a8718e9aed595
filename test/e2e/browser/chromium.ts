import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const EXECUTABLE = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Runs one browser for the tests of a file. */
export class TestBrowser {
  private browser: Browser | undefined;
  private readonly troubles: string[] = [];

  async start(): Promise<void> {
    this.browser = await chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });
  }

  /** Opens an address in a new browser context, without stored data. */
  async open(address: string, options: BrowserContextOptions = {}): Promise<Page> {
    if (!this.browser) throw new Error('The browser was not started');
    const context = await this.browser.newContext({
      locale: 'en-US',
      viewport: { width: 1280, height: 860 },
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.troubles.push(message.text());
    });
    page.on('pageerror', (error) => this.troubles.push(String(error)));
    await page.goto(address);
    return page;
  }

  /** Closes all pages, and fails if one of them logged an error or warning. */
  async clear(expected: readonly RegExp[] = []): Promise<void> {
    await Promise.all(this.browser?.contexts().map((context) => context.close()) ?? []);
    const troubles = this.troubles.splice(0).filter((trouble) => !expected.some((words) => words.test(trouble)));
    expect(troubles).toEqual([]);
  }

  async close(): Promise<void> {
    await this.browser?.close();
  }
}

/** Defines tests that need Chromium. Without it, skips them with a message, or fails if CI=true. */
export function describeInBrowser(name: string, define: (browser: TestBrowser) => void): void {
  if (!existsSync(EXECUTABLE)) {
    const message = `No Chromium at ${EXECUTABLE} (CHROMIUM_PATH names another).`;
    if (process.env.CI === 'true') throw new Error(`${message} Nothing may be skipped with CI=true.`);
    process.stderr.write(`${message} The tests of "${name}" are SKIPPED.\n`);
    describe.skip(`${name}, without a browser here`, () => test('in a browser', () => {}));
    return;
  }
  describe(name, () => {
    jest.setTimeout(30_000);
    const browser = new TestBrowser();
    beforeAll(() => browser.start());
    afterAll(() => browser.close());
    define(browser);
  });
}
