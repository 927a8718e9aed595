import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { ButtonMessage } from '../../../lib/index.js';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { receiveWebhooks } from '../../integration/simulator/webhook-receiver.js';
import { SimulatedApp } from '../../support/simulated-app.js';
import { until } from '../../support/time.js';
import { seriousFaults } from './axe-violations.js';
import { describeInBrowser } from './chromium.js';
import { PHONE, PIXEL, sendChatvolt, sendCloud, sendEveryKind, sendZApi } from './messages-of-each-kind.js';

const question: ButtonMessage = {
  to: PHONE,
  text: 'Shall we confirm?',
  buttons: [
    { type: 'reply', id: 'yes', title: 'Yes' },
    { type: 'reply', id: 'no', title: 'No' },
  ],
};

describeInBrowser('Simulator page with an application', (browser) => {
  let played: SimulatedApp;
  beforeEach(async () => {
    played = await SimulatedApp.start();
  });
  afterEach(async () => {
    try {
      await browser.clear();
    } finally {
      await played.close();
    }
  });

  const opened = (options = {}) => browser.open(played.simulator.url, options);
  const heard = () => played.app.heard;

  it("posts a press as a webhook, and the app's handler runs", async () => {
    const page = await opened();
    await played.messaging.send(question);
    await page.getByRole('button', { name: 'Yes', exact: true }).click();
    await sent(page, 'Yes').waitFor();
    await page.getByText('App received it · 200').first().waitFor();
    await until(() => heard().length > 0);
    expect(heard()[0]).toMatchObject({ kind: 'button-reply', button: { id: 'yes', title: 'Yes' } });
    expect(await sent(page, 'Yes').locator('.quoted').textContent()).toContain('Shall we confirm?');
    const told = page.getByRole('complementary', { name: 'Webhooks to your app' });
    await told.getByText('Pressed “Yes”').waitFor();
  });

  it('posts typed text, alone or as a reply to a message', async () => {
    const page = await opened();
    const { simulator } = played;
    const first = await sendCloud(simulator, { type: 'text', text: { body: 'The first' } });
    await sendCloud(simulator, { type: 'text', text: { body: 'The second' } });
    const field = page.getByRole('textbox', { name: 'Message' });
    await field.fill('two lines\nof *mine*');
    await field.press('Enter');
    await sent(page, 'of mine').waitFor();
    await until(() => heard().length > 0);
    expect(heard()[0]).toMatchObject({ kind: 'text-message', text: 'two lines\nof *mine*' });
    await until(async () => (await field.inputValue()) === '');
    const bubble = page.locator('.bubble-line', { hasText: 'The first' }).first();
    await bubble.hover();
    await bubble.getByRole('button', { name: 'Message options' }).click();
    await page.getByRole('menuitem', { name: 'Reply' }).click();
    await page.getByText('Replying to').waitFor();
    await page.keyboard.type('to the first');
    await page.getByRole('button', { name: 'Send' }).click();
    await until(() => heard().length > 1);
    expect(heard()[1]).toMatchObject({ text: 'to the first', inReplyTo: first });
  });

  it('opens a list and chooses a row by keyboard', async () => {
    const page = await opened();
    await sendCloud(played.simulator, {
      type: 'interactive',
      interactive: {
        type: 'list',
        body: { text: 'When?' },
        action: {
          button: 'See hours',
          sections: [
            { title: 'Morning', rows: [{ id: 'nine', title: '09:00', description: 'Room 1' }] },
            { title: 'Afternoon', rows: [{ id: 'two', title: '14:00' }] },
          ],
        },
      },
    });
    const opener = page.getByRole('button', { name: 'See hours' });
    await opener.focus();
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog', { name: 'See hours' });
    await sheet.waitFor();
    await until(async () => (await focusedName(page)) === '09:00');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await until(() => opener.evaluate((element) => element === document.activeElement));
    await page.keyboard.press('Enter');
    await until(async () => (await focusedName(page)) === '09:00');
    await page.keyboard.press('ArrowDown');
    await until(() => sheet.getByRole('radio', { name: '14:00' }).isChecked());
    await page.keyboard.press('Enter');
    await sent(page, '14:00').waitFor();
    await until(() => heard().length > 0);
    expect(heard()[0]).toMatchObject({ kind: 'button-reply', button: { id: 'two', title: '14:00' } });
    await sheet.waitFor({ state: 'detached' });
    await until(() => opener.evaluate((element) => element === document.activeElement));
  });

  it('moves the menu with its message, and closes it out of sight', async () => {
    const page = await opened();
    for (let count = 1; count <= 12; count += 1) {
      await sendZApi(played.simulator, 'send-text', { message: `Number ${count}` });
    }
    const conversation = page.locator('.conversation');
    const scrollTo = (top: number) => conversation.evaluate((element, to) => element.scrollTo({ top: to }), top);
    const top = (of: Locator) => of.evaluate((element) => element.getBoundingClientRect().top);
    const openers = page.getByRole('button', { name: 'Message options' });
    await until(async () => (await openers.count()) === 12);
    const opener = openers.last();
    await opener.focus();
    await page.keyboard.press('Enter');
    await until(async () => (await focusedName(page)) === 'Reply');
    const menu = page.getByRole('menu');
    await until(() => conversation.evaluate((it) => it.scrollTop + it.clientHeight > it.scrollHeight - 2));
    const distance = async () => (await top(menu)) - (await top(opener));
    const [before, away] = [await top(opener), await distance()];
    const end = await conversation.evaluate((it) => it.scrollTop);
    await scrollTo(end - 60);
    await until(async () => (await top(opener)) > before + 30);
    await until(async () => Math.abs((await distance()) - away) < 2);
    expect(await focusedName(page)).toBe('Reply');
    await scrollTo(0);
    await menu.waitFor({ state: 'detached' });
  });

  it('sets the status of a message from its menu, by mouse or keyboard', async () => {
    const page = await opened();
    await sendZApi(played.simulator, 'send-text', { message: 'On its way' });
    const opener = page.getByRole('button', { name: 'Message options' });
    await opener.focus();
    await page.keyboard.press('Enter');
    await until(async () => (await focusedName(page)) === 'Reply');
    await page.keyboard.press('Escape');
    await until(() => opener.evaluate((element) => element === document.activeElement));
    for (const [name, word] of [
      ['Mark as delivered', 'Delivered'],
      ['Mark as read', 'Read'],
      ['Mark as failed', 'Failed'],
    ] as const) {
      await opener.click();
      await page.getByRole('menuitem', { name }).click();
      await page.locator('.ticks', { hasText: word }).first().waitFor();
    }
    await until(() => heard().length >= 3);
    expect(heard().map((event) => (event.kind === 'message-status' ? event.status : event.kind))).toEqual([
      'delivered',
      'read',
      'failed',
    ]);
    await sendChatvolt(played.simulator, 'conversation/message/conversationId/csimulatedconversation001', {
      message: 'By Chatvolt',
    });
    await page.locator('.bubble-line', { hasText: 'By Chatvolt' }).hover();
    await opener.last().click();
    // Chatvolt has no receipts.
    expect(await page.getByRole('menuitem', { name: /^Mark/ }).allInnerTexts()).toEqual(['Mark as failed']);
  });

  it('distinguishes buttons with the same title', async () => {
    const page = await opened();
    const card = (text: string) => ({
      text,
      image: PIXEL,
      buttons: [{ type: 'REPLY', label: 'Buy', id: `buy-${text}` }],
    });
    await sendZApi(played.simulator, 'send-carousel', { message: 'Look', carousel: [card('Red'), card('Blue')] });
    await page.getByRole('button', { name: 'Next card' }).click();
    await page.locator('.card', { hasText: 'Blue' }).getByRole('button', { name: 'Buy' }).click();
    await until(() => heard().length > 0);
    expect(heard()[0]).toMatchObject({ button: { id: 'buy-Blue' } });
  });

  it('shows the same in several browsers at once', async () => {
    const [one, other] = await Promise.all([opened(), opened({ locale: 'pt-BR' })]);
    await played.messaging.send(question);
    await Promise.all([one, other].map((page) => page.locator('.bubble--received').waitFor()));
    await one.getByRole('button', { name: 'No', exact: true }).click();
    await Promise.all([one, other].map((page) => sent(page, 'No').waitFor()));
    await other.getByText('O app recebeu · 200').first().waitFor();
  });

  describe('when a webhook or request fails', () => {
    it('says that the app rejected it, is unreachable, or has no URL', async () => {
      const page = await opened();
      await played.messaging.send(question);
      const press = () => page.getByRole('button', { name: 'Yes', exact: true }).click();
      const stranger = await receiveWebhooks(401);
      played.simulator.webhooks(stranger.url);
      await press();
      await sentLines(page).last().getByText('App responded with 401').waitFor();
      await page
        .getByRole('status')
        .getByText(/rejected the credentials/)
        .waitFor();
      await stranger.close();
      await press();
      await sentLines(page).last().getByText('App unreachable').waitFor();
      played.simulator.webhooks(undefined);
      await page.getByText('No webhook URL is set').waitFor();
      await press();
      await sentLines(page).last().getByText('No webhook URL').waitFor();
    });

    it("says why the provider rejected the app's request", async () => {
      const page = await opened();
      await played.messaging.send(question);
      await sendZApi(played.simulator, 'send-text', { phone: 'nobody' }).catch(() => {});
      await page.getByText('Z-API rejected a request').waitFor();
      await page.getByText(/^400 · phone must be/).waitFor();
    });
  });
});

describeInBrowser('Simulator page by itself', (browser) => {
  const lostConnection = [/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET/];
  afterEach(() => browser.clear(lostConnection));

  it('reconnects when the simulator restarts', async () => {
    const first = await GatewaySimulator.start();
    await sendZApi(first, 'send-text', { message: 'Before' });
    const page = await browser.open(first.url);
    await page.locator('.bubble', { hasText: 'Before' }).waitFor();
    await first.close();
    await page.getByText('The simulator is not responding. Reconnecting…').waitFor();
    const second = await GatewaySimulator.start({ port: Number(new URL(first.url).port) });
    try {
      await sendZApi(second, 'send-text', { message: 'After' });
      await page.locator('.bubble', { hasText: 'After' }).waitFor();
      expect(await page.locator('.bubble', { hasText: 'Before' }).count()).toBe(0);
      await page.getByText('Trying again').waitFor({ state: 'detached' });
    } finally {
      await second.close();
    }
  });

  it('sends requests to the simulator only', async () => {
    const simulator = await GatewaySimulator.start();
    try {
      await sendZApi(simulator, 'send-text', { message: 'Alone' });
      const page = await browser.open('about:blank');
      const asked = new Set<string>();
      page.on('request', (request) => asked.add(new URL(request.url()).origin));
      await page.goto(simulator.url);
      await page.locator('.bubble', { hasText: 'Alone' }).waitFor();
      expect([...asked]).toEqual([simulator.url]);
    } finally {
      await simulator.close();
    }
  });

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('has no serious accessibility issue: %s, %i px wide', async (colorScheme, width) => {
    const [simulator, silent] = await Promise.all([GatewaySimulator.start(), GatewaySimulator.start()]);
    try {
      await sendEveryKind(simulator);
      const message = simulator.messages().find(({ endpoint }) => endpoint === 'send-button-actions')?.id ?? '';
      await simulator.press(message, 'yes').catch(() => {});
      await simulator.deliver(message, 'failed').catch(() => {});
      const options = {
        colorScheme,
        viewport: { width, height: 860 },
        reducedMotion: 'reduce',
        bypassCSP: true,
      } as const;
      const page = await browser.open(`${simulator.url}/#phone=${PHONE}`, options);
      await page.locator('.bubble--sent').waitFor();
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByRole('button', { name: 'See hours' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await seriousFaults(page, 'dialog')).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Message options' }).last().click();
      expect(await seriousFaults(page, '.message-menu')).toEqual([]);
      if (width === 390) {
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Webhooks to your app' }).click();
        expect(await seriousFaults(page, '.activities')).toEqual([]);
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Back to the phones' }).click();
        expect(await seriousFaults(page)).toEqual([]);
      }
      const empty = await browser.open(silent.url, options);
      await empty.getByRole('heading', { name: 'No messages yet' }).waitFor();
      expect(await seriousFaults(empty)).toEqual([]);
    } finally {
      await Promise.all([simulator.close(), silent.close()]);
    }
  });
});

function sentLines(page: Page): Locator {
  return page.locator('.bubble-line--answer');
}

function sent(page: Page, words: string): Locator {
  return sentLines(page).filter({ hasText: words });
}

function focusedName(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const { activeElement } = document;
    const label = activeElement instanceof HTMLInputElement ? activeElement.labels?.[0] : activeElement;
    return label?.querySelector('[dir]')?.textContent ?? label?.textContent ?? undefined;
  });
}
