import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import type { Locator, Page } from 'playwright-core';
import { type InboundMessageEvent, OnMessage } from '../../../lib/index.js';
import { cloud, cloudAccount } from '../../integration/simulator/clients.js';
import { SimulatedApp } from '../../support/simulated-app.js';
import { until } from '../../support/time.js';
import { seriousFaults } from './axe-violations.js';
import { describeInBrowser } from './chromium.js';
import { CLOUD_KINDS, PHONE, sendCloud } from './messages-of-each-kind.js';

const HOUR_MS = 60 * 60 * 1000;

/** Collects what people send. */
@Injectable()
class Inbox {
  readonly received: InboundMessageEvent[] = [];

  @OnMessage(['flow', 'location', 'contacts', 'call-permission', 'image'])
  onMessage(event: InboundMessageEvent): void {
    this.received.push(event);
  }
}

describeInBrowser('Simulator page with the Cloud API', (browser) => {
  let played: SimulatedApp;
  beforeEach(async () => {
    played = await SimulatedApp.start({ providers: [Inbox] });
  });
  afterEach(async () => {
    try {
      await browser.clear();
    } finally {
      await played.close();
    }
  });

  const opened = (options = {}) => browser.open(played.simulator.url, options);
  const sendKind = (name: string) =>
    sendCloud(played.simulator, CLOUD_KINDS.find(([kind]) => kind === name)?.[1] ?? {});
  const message = async (): Promise<InboundMessageEvent> => {
    const { received } = played.app.app.get(Inbox, { strict: false });
    await until(() => received.length > 0);
    const [first] = received;
    if (!first) throw new Error('no message was heard');
    return first;
  };

  describe('Requests', () => {
    it('fills in a form by keyboard, and shows what was sent', async () => {
      const page = await opened();
      const sent = await sendKind('flow');
      const opener = page.getByRole('button', { name: 'Book now' });
      await opener.focus();
      await page.keyboard.press('Enter');
      const sheet = page.getByRole('dialog', { name: 'Book now' });
      await sheet.getByRole('textbox', { name: 'day' }).fill('friday');
      await sheet.getByRole('button', { name: 'Add a field' }).click();
      await sheet.getByRole('textbox', { name: 'Field' }).fill('seats');
      await sheet.getByRole('textbox', { name: 'seats' }).fill('2');
      await page.keyboard.press('Enter');
      await answer(page).getByText('Form sent').waitFor();
      await answer(page).getByText('seats: 2').waitFor();
      await until(() => opener.evaluate((element) => element === document.activeElement));
      expect(await message()).toMatchObject({
        type: 'flow',
        inReplyTo: sent,
        flow: { response: { flow_token: 'booking-7', day: 'friday', seats: '2' } },
      });
    });

    it('sends a location', async () => {
      const page = await opened();
      await sendKind('location_request_message');
      await page.getByRole('button', { name: 'Send location' }).click();
      const sheet = page.getByRole('dialog', { name: 'Send location' });
      const latitude = sheet.getByRole('textbox', { name: 'Latitude' });
      await latitude.fill('north');
      expect(await sheet.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
      await latitude.fill('-22.9');
      await sheet.getByRole('button', { name: 'Send' }).click();
      await answer(page).getByText('-22.9, -46.633308').waitFor();
      expect(await message()).toMatchObject({ type: 'location' });
    });

    it('sends the contact of the owner of the phone', async () => {
      const page = await opened();
      await sendKind('request_contact_info');
      await page.getByRole('button', { name: 'Share contact info' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
      await answer(page).getByText(`+${PHONE}`).waitFor();
      expect(await message()).toMatchObject({ type: 'contacts' });
    });

    it.each([
      ['Always allow calls', 'Calls allowed', '"response":"accept","is_permanent":true'],
      ['Do not allow calls', 'Calls not allowed', '"response":"reject"'],
    ])('chooses "%s"', async (choice, words, reply) => {
      const page = await opened();
      await sendKind('call_permission_request');
      await page.getByRole('button', { name: 'Choose preference' }).click();
      const sheet = page.getByRole('dialog', { name: 'Choose preference' });
      await sheet.getByRole('radio', { name: choice }).check();
      await sheet.getByRole('button', { name: 'Send' }).click();
      await answer(page).getByText(words, { exact: true }).waitFor();
      const { type, raw } = await message();
      expect(type).toBe('call-permission');
      expect(JSON.stringify(raw)).toContain(reply);
    });

    it('presses a reply of a carousel', async () => {
      const page = await opened();
      await sendKind('carousel');
      await page.getByRole('button', { name: 'Next card' }).click();
      await page.getByRole('button', { name: 'Buy Cactus' }).click();
      await until(() => played.app.heard.length > 0);
      expect(played.app.heard[0]).toMatchObject({ kind: 'button-reply', button: { id: 'Cactus' } });
    });
  });

  it('attaches a picture, which the phone shows', async () => {
    const page = await opened();
    await sendKind('text');
    await page.getByRole('button', { name: 'Attach' }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('menuitem', { name: 'Photo or file' }).click();
    const buffer = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    await (await chooser).setFiles({ name: 'a.png', mimeType: 'image/png', buffer });
    await answer(page).getByRole('img', { name: 'Image' }).waitFor();
    await page.waitForFunction(() => document.querySelector('img')?.naturalWidth === 1);
    expect(await message()).toMatchObject({ type: 'image', media: { mimeType: 'image/png' } });
    await page.getByRole('button', { name: 'Attach' }).click();
    await page.getByRole('menuitem', { name: 'Location' }).click();
    await page.getByRole('dialog', { name: 'Location' }).getByRole('button', { name: 'Send' }).click();
    await answer(page).last().getByText('-23.55052').waitFor();
  });

  it('shows the text of a template with its values, header and buttons', async () => {
    const { simulator } = played;
    simulator.addTemplate({
      name: 'reminder',
      language: 'pt_BR',
      components: [
        { type: 'HEADER', format: 'TEXT', text: 'Olá {{1}}' },
        { type: 'BODY', text: 'Até amanhã às {{1}}.' },
        { type: 'FOOTER', text: 'Clínica Aurora' },
        { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Confirmar' }] },
      ],
    });
    const page = await opened();
    await played.messaging.send(
      {
        to: PHONE,
        template: {
          name: 'reminder',
          language: 'pt_BR',
          header: { text: ['Ana'] },
          body: ['10:00'],
          buttons: [{ type: 'reply', index: 0, payload: 'confirm' }],
        },
      },
      { account: 'whatsapp-cloud' },
    );
    for (const words of ['Olá Ana', 'Até amanhã às 10:00.', 'Clínica Aurora'])
      await page.getByText(words).first().waitFor();
    await page.getByRole('button', { name: 'Confirmar' }).click();
    await until(() => played.app.heard.length > 0);
    expect(played.app.heard[0]).toMatchObject({ kind: 'button-reply', button: { id: 'confirm' } });
  });

  it('shows typing until a message arrives, and blue ticks on a reply that was read', async () => {
    const { simulator } = played;
    const page = await opened();
    const id = await sendKind('text');
    await simulator.type(id, 'Hi there');
    await answer(page).locator('.ticks--delivered').waitFor();
    await cloud(simulator, `${cloudAccount(simulator).phoneNumberId}/messages`, {
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: simulator.messages()[0]?.answers[0]?.id,
      typing_indicator: { type: 'text' },
    });
    await answer(page).locator('.ticks--read').waitFor();
    await page.getByRole('status').getByText('typing…').waitFor();
    await sendKind('text');
    await page.getByRole('status').getByText('typing…').waitFor({ state: 'detached' });
  });

  it('shows how long the 24-hour window is open, and closes it', async () => {
    const { simulator } = played;
    const page = await opened();
    const id = await sendKind('text');
    simulator.enforceWindow('status');
    await page.getByText('24-hour window closed: only templates arrive').waitFor();
    await simulator.type(id, 'Hi');
    await page.getByText('24-hour window open: 24 h 0 min left').waitFor();
    simulator.advanceClock(20.5 * HOUR_MS);
    await page.getByText('24-hour window open: 3 h 30 min left').waitFor();
    await page.getByRole('button', { name: 'Close the window' }).click();
    await page.getByText('24-hour window closed').waitFor();
    expect(simulator.windows()).toEqual([]);
    await sendKind('text');
    await page.getByText(/Failed: Re-engagement message/).waitFor();
    simulator.enforceWindow('off');
    await page.getByText('24-hour window').waitFor({ state: 'detached' });
  });

  it.each(['light', 'dark'] as const)(
    'has no serious accessibility issue in its sheets: %s, Portuguese',
    async (colorScheme) => {
      const { simulator } = played;
      simulator.enforceWindow('status');
      simulator.openWindow(PHONE);
      for (const kind of ['flow', 'location_request_message', 'call_permission_request']) await sendKind(kind);
      await simulator.reply(simulator.messages()[0]?.id ?? '', { type: 'flow', response: { day: 'friday' } });
      const page = await opened({ locale: 'pt-BR', colorScheme, reducedMotion: 'reduce', bypassCSP: true });
      await page.getByText(/Janela de 24 horas aberta/).waitFor();
      await answer(page).getByText('Formulário enviado').waitFor();
      expect(await seriousFaults(page, '.phone')).toEqual([]);
      for (const name of ['Book now', 'Enviar localização', 'Escolher preferência']) {
        await page.getByRole('button', { name }).click();
        await page.getByRole('dialog', { name }).waitFor();
        expect(await seriousFaults(page, 'dialog')).toEqual([]);
        await page.keyboard.press('Escape');
      }
      await page.getByRole('button', { name: 'Anexar' }).click();
      expect(await seriousFaults(page, '.attach')).toEqual([]);
    },
  );
});

function answer(page: Page): Locator {
  return page.locator('.bubble-line--answer');
}
