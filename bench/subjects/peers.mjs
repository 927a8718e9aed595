// Other packages that send WhatsApp messages, installed in their own folder. `pointed` says how each was directed to
// the loopback provider, which costs less than a microsecond.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Agent } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { BUTTONS, nextPhone, TEXT } from './messages.mjs';

const folder = fileURLToPath(new URL('../peers/', import.meta.url));
const META = 'https://graph.facebook.com';

/** Installs the peers if they are missing. Returns a `require` that finds them. */
export function requirePeers() {
  if (!existsSync(`${folder}node_modules/.package-lock.json`)) {
    console.log('Installing the peers into bench/peers …');
    const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--silent'], {
      cwd: folder,
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error('The peers could not be installed.');
  }
  return createRequire(`${folder}package.json`);
}

/** Returns the peers that could be opened, and why others could not. */
export async function open(url) {
  const require = requirePeers();
  const opened = [];
  const failed = [];
  for (const [name, opener] of Object.entries(OPENERS)) {
    try {
      const subject = await opener(require, url);
      await subject.send();
      opened.push({ close: () => undefined, ...subject, name: `${name} ${versionOf(name)}` });
    } catch (error) {
      failed.push({ name, reason: String(error) });
    }
  }
  return { opened, failed };
}

/** Returns the version of an installed peer. */
export function versionOf(name) {
  const require = createRequire(`${folder}package.json`);
  return require(`${folder}node_modules/${name}/package.json`).version;
}

const OPENERS = {
  async 'nest-whatsapp'(require, url) {
    const { WhatsAppModule, WhatsAppService } = require('nest-whatsapp');
    const { HttpService } = require('@nestjs/axios');
    const { NestFactory } = require('@nestjs/core');
    const { Module } = require('@nestjs/common');
    const live = { mode: 'live', businessAccountId: 'B', phoneNumberId: 'P', accessToken: 'T' };
    class PeerModule {}
    Module({ imports: [WhatsAppModule.forRoot(live)] })(PeerModule);
    const app = await NestFactory.createApplicationContext(PeerModule, { logger: false });
    app.get(HttpService, { strict: false }).axiosRef.interceptors.request.use((config) => {
      config.url = config.url.replace(META, url);
      return config;
    });
    const service = app.get(WhatsAppService, { strict: false });
    const buttons = BUTTONS.map((button) => ({ type: 'reply', reply: button }));
    return {
      pointed: 'an interceptor on its HttpService that changes the URL',
      send: () =>
        service.sendInteractive(nextPhone(), { type: 'button', body: { text: TEXT }, action: { buttons } }, 'live'),
      close: () => app.close(),
    };
  },

  async 'whatsapp-api-js'(require, url) {
    const { WhatsAppAPI } = require('whatsapp-api-js');
    const { ActionButtons, Body, Button, Interactive } = require('whatsapp-api-js/messages');
    const client = new WhatsAppAPI({
      token: 'T',
      secure: false,
      v: 'v23.0',
      ponyfill: { fetch: (address, init) => fetch(address.replace(META, url), init) },
    });
    return {
      pointed: 'its own option for another fetch, which changes the URL',
      send() {
        const buttons = BUTTONS.map(({ id, title }) => new Button(id, title));
        const message = new Interactive(new ActionButtons(...buttons), new Body(TEXT));
        return client.sendMessage('P', nextPhone(), message);
      },
    };
  },

  async '@kapso/whatsapp-cloud-api'(require, url) {
    const { WhatsAppClient } = require('@kapso/whatsapp-cloud-api');
    const client = new WhatsAppClient({ accessToken: 'T', baseUrl: url });
    return {
      pointed: 'its option baseUrl',
      send: () =>
        client.messages.sendInteractiveButtons({
          phoneNumberId: 'P',
          to: nextPhone(),
          bodyText: TEXT,
          buttons: BUTTONS,
        }),
    };
  },

  async twilio(require, url) {
    const twilio = require('twilio');
    const httpClient = new twilio.RequestClient({ keepAlive: true });
    // Its own agent is for https. This one is the same for http.
    httpClient.axios.defaults.httpAgent = new Agent({ keepAlive: true, maxSockets: 64 });
    const request = httpClient.request.bind(httpClient);
    httpClient.request = (options) => request({ ...options, uri: options.uri.replace('https://api.twilio.com', url) });
    const client = twilio('AC00000000000000000000000000000000', 'T', { httpClient });
    return {
      pointed: 'its option httpClient, which changes the URL; buttons are a template there',
      send: () =>
        client.messages.create({
          from: 'whatsapp:+14155238886',
          to: `whatsapp:+${nextPhone()}`,
          contentSid: 'HX00000000000000000000000000000000',
          contentVariables: JSON.stringify({ 1: TEXT }),
        }),
    };
  },
};
