import { createHmac } from 'node:crypto';
import { expect } from '@jest/globals';
import { ButtonMessagingModule } from '../../../lib/index.js';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { ADAPTERS, classIn, moduleOf, play, type Scene } from './stage.js';

export const HEARING_SCENES: Readonly<Record<string, Scene>> = {
  guarded: async (exports) => {
    for (const adapter of ADAPTERS) {
      await play(async (stage) => {
        stage.setEnvironment('whatsapp-cloud');
        await stage.start(classIn(exports, 'AppModule'), { adapter });
        expect(await stage.simulator.verifyWebhook()).toMatchObject({ status: 200 });
      });
    }
  },

  'own route': async (exports) => {
    for (const adapter of ADAPTERS) {
      await play(async (stage) => {
        stage.setEnvironment('whatsapp-cloud');
        const { url } = await stage.start(classIn(exports, 'AppModule'), { adapter, rawBody: true });
        const { appSecret, verifyToken } = stage.account('whatsapp-cloud');
        const body = '{ "object": "whatsapp_business_account", "entry": [] }';
        const signature = createHmac('sha256', appSecret).update(body).digest('hex');
        const post = (bytes: string) =>
          fetch(`${url}/hooks/meta`, {
            method: 'POST',
            body: bytes,
            headers: { 'Content-Type': 'application/json', 'X-Hub-Signature-256': `sha256=${signature}` },
          });
        expect((await post(body)).status).toBe(200);
        expect((await post(body.replace(': ', ':'))).status).toBe(401);
        const question = `hub.mode=subscribe&hub.challenge=42&hub.verify_token=${verifyToken}`;
        expect(await (await fetch(`${url}/hooks/meta?${question}`)).text()).toBe('42');
      });
    }
  },

  health: (exports) =>
    play(async (stage) => {
      const accounts = stage.simulator.accounts();
      const messaging = ButtonMessagingModule.forRoot({ accounts, logger: false });
      const { url } = await stage.start(moduleOf({ imports: [messaging, classIn(exports, 'HealthModule')] }));
      const answer = await fetch(`${url}/health`);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ info: { messaging: { status: 'up' } } });
    }),

  simulator: (exports) =>
    play(async (stage) => {
      const { simulator } = exports;
      if (!(simulator instanceof GatewaySimulator)) throw new Error('The block exports no simulator');
      try {
        const { url } = await stage.start(classIn(exports, 'AppModule'));
        simulator.webhooks(`${url}/webhooks`);
        expect(await simulator.verifyWebhook()).toMatchObject({ status: 200 });
      } finally {
        await simulator.close();
      }
    }),
};
