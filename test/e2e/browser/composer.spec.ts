import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { RunningPlayground } from '../../support/running-playground.js';
import { until } from '../../support/time.js';
import { seriousFaults } from './axe-violations.js';
import { describeInBrowser } from './chromium.js';
import { choose, click, faultOf, field, phone, steps } from './playground-page.js';

const ACCOUNTS = ['Z-API', 'Chatvolt', 'Cloud API'] as const;

describeInBrowser('Composer of the playground', (browser) => {
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
  afterEach(() => browser.clear());

  let people = 0;
  /** Opens the page with an example to a phone number that no other test uses. */
  async function opened(example: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await browser.open(running().url, options);
    page.setDefaultTimeout(20_000);
    await page.locator('.examples').getByRole('button', { name: example, exact: true }).click();
    people += 1;
    await page.locator('.compose input[inputmode="tel"]').fill(`+55 11 93333-${String(people).padStart(4, '0')}`);
    return page;
  }

  it.each(ACCOUNTS)('sends a list through %s, and shows the chosen row in the timeline', async (account) => {
    const page = await opened('Choose a time');
    await phone(page, 'Preview of the draft').getByRole('button', { name: 'Choose a time' }).waitFor();
    await choose(page, 'Account', account);
    await click(page, 'Send');
    const real = phone(page, 'The phone of');
    await real.getByRole('button', { name: 'Choose a time' }).click();
    await real.getByRole('radio', { name: '10:30' }).check();
    await real.getByRole('dialog').locator('button[type="submit"]').click();
    await real.getByText('App received it').waitFor();
    await steps(page).filter({ hasText: 'Your handler ran' }).waitFor();
    const titles = await steps(page).locator('strong').allTextContents();
    expect(titles.slice(-3)).toEqual([
      `${account} accepted it`,
      // Chatvolt reports a choice by its title only.
      account === 'Chatvolt' ? 'Reply: typed a text that matches “10:30”' : 'Reply: pressed “10:30”',
      'Your handler ran',
    ]);
    expect(await steps(page).filter({ hasText: 'Reply:' }).locator('.step-detail').textContent()).toBe('id: 10-30');
  });

  it.each(ACCOUNTS)('sends a text through %s, and shows what the person writes back', async (account) => {
    const page = await opened('Thank you');
    await choose(page, 'Account', account);
    expect(await page.getByRole('switch').count()).toBe(1);
    expect(await page.getByRole('switch', { name: 'Quote' }).isDisabled()).toBe(true);
    await click(page, 'Send');
    const real = phone(page, 'The phone of');
    await real.getByText('See you tomorrow!').waitFor();
    await real.getByRole('textbox').fill('You are welcome');
    await real.getByRole('textbox').press('Enter');
    await steps(page).filter({ hasText: 'Reply: “You are welcome”' }).waitFor();
    expect(await page.locator('.timeline-list [aria-current]').textContent()).toContain('Replied');
  });

  it.each([
    ['Z-API', ['as its fallback text'], 'Hello Ana, this is a reminder'],
    ['Chatvolt', [], 'Hello Ana, this is a reminder'],
    ['Cloud API', [], 'appointment_reminder · Ana · 10:00'],
  ] as const)('sends a template through %s', async (account, marks, shown) => {
    const page = await opened('Reminder');
    await choose(page, 'Account', account);
    await click(page, 'Send');
    const real = phone(page, 'The phone of');
    await real.locator('.bubble').getByText(shown).waitFor();
    const accepted = steps(page).filter({ hasText: `${account} accepted it` });
    await accepted.waitFor();
    expect(await accepted.locator('.step-marks span').allTextContents()).toEqual(marks);
  });

  it('quotes the last message of the person', async () => {
    const page = await opened('Appointment');
    await choose(page, 'Account', 'Cloud API');
    await click(page, 'Send');
    await phone(page, 'The phone of').getByRole('button', { name: 'Confirm' }).click();
    await steps(page).filter({ hasText: 'Your handler ran' }).waitFor();
    await page.getByText('“Confirm”', { exact: true }).waitFor();
    await page.getByRole('switch', { name: 'Quote their last message' }).click();
    await choose(page, 'Message type', 'Text');
    const cloud = page.locator('[data-account="whatsapp-cloud"]');
    await cloud.locator('.json-name', { hasText: '"context"' }).waitFor();
    await page.locator('[data-account="chatvolt"]').getByText('cannot quote').waitFor();
    // Nothing of this person came through the other account.
    await choose(page, 'Account', 'Z-API');
    await page.getByText('This person has not replied through this account').waitFor();
    await cloud.locator('.json-name', { hasText: '"context"' }).waitFor({ state: 'detached' });
    await page.locator('[data-account="chatvolt"]').getByText('cannot quote').waitFor({ state: 'detached' });
  });

  it('keeps what was written when the message type changes', async () => {
    const page = await opened('Appointment');
    await field(page, 'Text').fill('Kept');
    await choose(page, 'Message type', 'List');
    expect(await field(page, 'Text').inputValue()).toBe('Kept');
    expect(await field(page, 'Header: Text').inputValue()).toBe('Aurora Clinic');
    expect(await field(page, 'Footer', false).inputValue()).toBe('Please reply by 18:00');
    await choose(page, 'Message type', 'Template');
    expect(await page.getByRole('textbox', { name: /^Text/ }).inputValue()).toBe('Kept');
    await choose(page, 'Message type', 'Text');
    expect(await field(page, 'To').inputValue()).toContain('93333');
    await choose(page, 'Message type', 'Buttons');
    expect(await field(page, 'Title, Button 1').inputValue()).toBe('Confirm');
  });

  it('shows the issues of a list at their fields, and makes the IDs of rows from their titles', async () => {
    const page = await opened('Choose a time');
    const row = (fieldName: string, place: number, section = 1) =>
      field(page, `${fieldName}, Row ${place}, Section ${section}`);
    await row('Title', 2).fill('A title with more than 24 characters');
    await until(async () => (await row('Title', 2).getAttribute('aria-invalid')) === 'true');
    expect(await faultOf(row('Title', 2))).toBe('Must have at most 24 characters');
    expect(await page.locator('.issue').getAttribute('data-path')).toBe('list.sections[0].rows[1].title');
    await row('Title', 2).fill('Às onze!');
    expect(await row('ID in the reply', 2).inputValue()).toBe('as-onze');
    await row('ID in the reply', 2).fill('eleven');
    await row('Title', 2).fill('11:00');
    expect(await row('ID in the reply', 2).inputValue()).toBe('eleven');

    await click(page, 'Add section');
    await page.getByRole('button', { name: '3 issues' }).waitFor();
    await row('Title', 1, 2).fill('8:00');
    await row('ID in the reply', 1, 2).fill('9-00');
    await field(page, 'Section title, Section 2').fill('Wednesday');
    await page.locator('.issue', { hasText: 'Must not repeat the id' }).waitFor();
    expect(await page.locator('.issue').getAttribute('data-path')).toBe('list.sections[1].rows[0].id');
    await row('ID in the reply', 1, 2).fill('8-00');
    await page.locator('[data-account="z-api"]').getByText('one section').waitFor();
    await page.locator('[data-account="whatsapp-cloud"]').locator('.badge', { hasText: 'List' }).waitFor();

    await click(page, 'Remove: Row 1, Section 2');
    expect(await focused(page)).toBe('Add row, Section 2');
    await page.locator('.issue', { hasText: 'non-empty array' }).waitFor();
    await click(page, 'Remove section 2');
    expect(await focused(page)).toBe('Add section');
    await page.locator('.verdict--good').waitFor();
  });

  it('sends a list with the rows in which it was written, as a numbered text if the account has no such list', async () => {
    const page = await opened('Choose a time');
    await page.getByRole('button', { name: 'Add row' }).press('Enter');
    await field(page, 'Title, Row 4, Section 1').fill('16:00');
    await field(page, 'Footer', false).fill('Aurora');
    await page.getByText('This message would not be sent').waitFor();
    await page.getByRole('switch', { name: 'Fall back to text' }).click();
    await phone(page, 'Preview of the draft').getByText('16:00', { exact: false }).waitFor();
    await page.locator('.verdict--good', { hasText: 'Fallback text' }).waitFor();
  });

  it('writes the values of a template by name and by position, and those of its buttons', async () => {
    const page = await opened('Reminder');
    const cloud = page.locator('[data-account="whatsapp-cloud"]');
    await field(page, 'Value 2, Values of the body').fill('');
    await until(async () => (await field(page, 'Value 2, Values of the body').getAttribute('aria-invalid')) === 'true');
    expect(await page.locator('.issue').getAttribute('data-path')).toBe('template.body.time');
    await field(page, 'Value 2, Values of the body').fill('11:00');
    await page.getByRole('button', { name: 'Add a button: Link' }).press('Enter');
    await field(page, 'End of the URL, Button 2').fill('a1b2');
    await page.getByLabel('Position from 0, Button 2').selectOption('0');
    await page.locator('.issue[data-path="template.buttons[1].index"]').waitFor();
    await page.getByLabel('Position from 0, Button 2').selectOption('3');
    await choose(page, 'Header', 'Document');
    await field(page, 'Header: Document').fill('https://example.com/a.pdf');
    await field(page, 'Header: File name').fill('Map.pdf');
    await cloud.locator('.json-text', { hasText: '"Map.pdf"' }).waitFor();
    expect(await bodyOf(cloud)).toMatchObject({
      template: {
        name: 'appointment_reminder',
        language: { code: 'en' },
        components: [
          { type: 'header', parameters: [{ document: { link: 'https://example.com/a.pdf', filename: 'Map.pdf' } }] },
          {
            type: 'body',
            parameters: [
              { parameter_name: 'patient', text: 'Ana' },
              { parameter_name: 'time', text: '11:00' },
            ],
          },
          { sub_type: 'quick_reply', index: '0', parameters: [{ payload: 'confirm' }] },
          { sub_type: 'url', index: '3', parameters: [{ text: 'a1b2' }] },
        ],
      },
    });
    await choose(page, 'Header', 'Text');
    await page.locator('.issue[data-path="template.header.text"]').waitFor();
    await click(page, 'Add value, Values of the header');
    await field(page, 'Value 1, Values of the header').fill('Clinic');
    await choose(page, 'Values of the header', 'By position');
    await choose(page, 'Values of the body', 'By position');
    await page.getByRole('switch', { name: 'Fall back to text' }).click();
    await page.locator('[data-account="chatvolt"]').getByText('only named values').waitFor();
    expect(await bodyOf(cloud)).toMatchObject({
      template: {
        components: [
          { type: 'header', parameters: [{ type: 'text', text: 'Clinic' }] },
          {
            type: 'body',
            parameters: [
              { type: 'text', text: 'Ana' },
              { type: 'text', text: '11:00' },
            ],
          },
          {},
          {},
        ],
      },
    });
    await page.getByRole('textbox', { name: /^Text/ }).fill('');
    await phone(page, 'Preview of the draft').getByText('appointment_reminder · Ana · 11:00').waitFor();
  });

  it('copies the code that sends the message', async () => {
    const page = await opened('Reminder');
    await page.getByRole('textbox', { name: /^Text/ }).fill('It\'s "time",\n\\Ana');
    await page
      .locator('.json', { hasText: 'await this.messaging.send(' })
      .filter({ hasText: /It\\?'s/ })
      .waitFor();
    await click(page, 'Copy the code');
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const code = await page.evaluate(() => navigator.clipboard.readText());
    const sent: unknown = runInNewContext(code.replace('await this.messaging.send', 'sent'), {
      sent: (message: unknown, options: unknown) => JSON.stringify({ message, options }),
    });
    expect(JSON.parse(String(sent))).toEqual({
      message: {
        to: expect.stringContaining('+55 11 93333-'),
        template: {
          name: 'appointment_reminder',
          language: 'en',
          body: { patient: 'Ana', time: '10:00' },
          buttons: [{ type: 'reply', index: 0, payload: 'confirm', title: 'Confirm' }],
        },
        text: 'It\'s "time",\n\\Ana',
      },
      options: { account: 'whatsapp-cloud', fallback: 'text' },
    });
    await choose(page, 'Send', 'Through the queue');
    await page.locator('.json', { hasText: 'await this.queue.enqueue(' }).waitFor();
  });

  it('writes a header with a document or an uploaded file', async () => {
    const page = await opened('Appointment');
    const cloud = page.locator('[data-account="whatsapp-cloud"]');
    await choose(page, 'Account', 'Cloud API');
    await choose(page, 'Header', 'Document');
    await field(page, 'Header: Document').fill('file.pdf');
    await page.locator('.issue[data-path="header.document.link"]').waitFor();
    await field(page, 'Header: Document').fill('https://example.com/file.pdf');
    await phone(page, 'Preview of the draft').getByText('file.pdf').waitFor();
    await cloud.locator('.json-text', { hasText: '"https://example.com/file.pdf"' }).waitFor();
    await choose(page, 'Header', 'Media ID');
    await page.locator('.issue[data-path="header.mediaId"]').waitFor();
    await field(page, 'Header: ID of the uploaded file').fill('1234');
    await choose(page, 'File type', 'Video');
    await cloud.locator('.json-text', { hasText: '"1234"' }).waitFor();
    expect(await bodyOf(cloud)).toMatchObject({
      interactive: { header: { type: 'video', video: { id: '1234' } } },
    });
  });

  it('explains issues in Portuguese', async () => {
    const page = await opened('Escolher horário', { locale: 'pt-BR' });
    await click(page, 'Adicionar seção');
    const issue = (text: string) => page.locator('.issue', { hasText: text }).waitFor();
    await issue('Com várias seções, cada uma precisa de um título');
    await field(page, 'Título, Linha 1, Seção 2').fill('9:00');
    await issue('Repete o ID de uma linha anterior');
    await click(page, 'Remover: Linha 1, Seção 2');
    await issue('Adicione pelo menos uma linha');
    await choose(page, 'Tipo de mensagem', 'Modelo');
    await choose(page, 'Cabeçalho', 'Texto');
    await issue('Adicione pelo menos um valor');
  });

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('has no serious accessibility issue: %s, %i px wide', async (colorScheme, width) => {
    const page = await opened('Choose a time', {
      colorScheme,
      viewport: { width, height: 860 },
      reducedMotion: 'reduce',
      bypassCSP: true,
    });
    const found: string[] = [];
    for (const example of ['Choose a time', 'Reminder']) {
      await click(page, example);
      await page.locator('.verdict--good').waitFor();
      found.push(...(await seriousFaults(page)));
    }
    await choose(page, 'Message type', 'List');
    await page.locator('.issue').first().waitFor();
    await choose(page, 'Header', 'Text');
    found.push(...(await seriousFaults(page)));
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
    expect(found).toEqual([]);
  });
});

/** Returns the accessible name of the focused element. */
function focused(page: Page): Promise<string | null | undefined> {
  return page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim(),
  );
}

/** Returns the body of the first request that an account would send. */
async function bodyOf(account: Locator): Promise<unknown> {
  return JSON.parse((await account.locator('.json').first().textContent()) ?? '');
}
