import { expect } from '@jest/globals';
import { HttpModule } from '@nestjs/axios';
import {
  type AccountOptions,
  ButtonMessagingModule,
  ButtonMessagingService,
  type SentMessage,
  UnknownOutcomeError,
} from '../../../lib/index.js';
import { until } from '../../support/time.js';
import { classIn, moduleOf, play, type Scene } from './stage.js';

interface Appointments {
  askForConfirmation(phone: string): Promise<unknown>;
}

interface ConfirmedAppointments {
  readonly confirmed: ReadonlySet<string>;
  askForConfirmation(phone: string): Promise<SentMessage>;
}

interface Reminders {
  remind(tenant: string, phone: string): Promise<unknown>;
}

interface WhatsApp {
  sendButtons(phone: string, text: string, titles: string[]): Promise<unknown>;
}

const PHONE = '+55 11 99999-0001';

export const SENDING_SCENES: Readonly<Record<string, Scene>> = {
  'first steps': (exports) =>
    play(async (stage) => {
      stage.setEnvironment('z-api');
      const { app } = await stage.start(classIn(exports, 'AppModule'));
      const appointments = app.get(classIn<ConfirmedAppointments>(exports, 'AppointmentsService'));
      const { id } = await appointments.askForConfirmation(PHONE);
      const [message] = stage.simulator.messages();
      expect(message).toMatchObject({ to: '5511999990001', buttons: [{ id: 'confirm' }, { id: 'reschedule' }] });
      await stage.simulator.press(message?.id ?? '', 'confirm');
      await until(() => appointments.confirmed.has(id));
    }),

  conversation: (exports) =>
    play(async (stage) => {
      const { simulator } = stage;
      const appointments = classIn<Appointments>(exports, 'AppointmentsService');
      const imports = [
        ButtonMessagingModule.forRoot({ accounts: [stage.account('z-api')], webhooks: {}, logger: false }),
      ];
      const { app } = await stage.start(moduleOf({ imports, providers: [appointments] }));
      await app.get(appointments).askForConfirmation(PHONE);
      const press = async (button: string, answer: string) => {
        await simulator.press(simulator.messages().at(-1)?.id ?? '', button);
        await until(() => simulator.messages().at(-1)?.text === answer);
      };
      await press('Another time', 'When would it suit you?');
      await press('11:30', 'Done: tomorrow at 11:30.');
      await app.get(appointments).askForConfirmation(PHONE);
      await press('confirm', 'Thank you. See you tomorrow at 10:00.');
    }),

  tenants: (exports) =>
    play(async (stage) => {
      const asked: string[] = [];
      const accountOf = async (name: string): Promise<AccountOptions | undefined> => {
        asked.push(name);
        return name.startsWith('clinic') ? { ...stage.account('z-api'), name } : undefined;
      };
      const { app, url } = await stage.start(classIn(exports, 'AppModule'), {
        replace: [classIn(exports, 'TenantRepository'), { accountOf }],
      });
      const reminders = app.get(classIn<Reminders>(exports, 'RemindersService'));
      await Promise.all([reminders.remind('clinic-sun', PHONE), reminders.remind('clinic-sun', PHONE)]);
      expect(asked).toEqual(['clinic-sun']);
      await expect(reminders.remind('nobody', PHONE)).rejects.toMatchObject({ code: 'unknown-account', known: [] });
      const messaging = app.get(ButtonMessagingService, { strict: false });
      const message = { to: PHONE, text: 'Hi', buttons: [{ type: 'reply' as const, id: 'a', title: 'A' }] };
      const send = (account: string) => messaging.send(message, { account, idempotencyKey: 'same' });
      expect((await send('clinic-sun')).id).not.toBe((await send('clinic-moon')).id);
      expect(await messaging.carriers(message)).toEqual([]);
      const statusOf = (tenant: string, token: string) =>
        fetch(`${url}/webhooks/z-api/${tenant}`, { method: 'POST', body: '{}', headers: { 'z-api-token': token } });
      expect((await statusOf('clinic-sun', stage.account('z-api').token)).status).toBe(200);
      expect((await statusOf('clinic-sun', 'wrong')).status).toBe(401);
      expect((await statusOf('nobody', 'wrong')).status).toBe(401);
    }),

  before: (exports) =>
    play(async (stage) => {
      stage.setEnvironment('z-api');
      const service = classIn<WhatsApp>(exports, 'WhatsAppService');
      const { app } = await stage.start(moduleOf({ imports: [HttpModule], providers: [service] }));
      stage.simulator.fail('z-api', 'drop-after-accepting', 2);
      await app.get(service).sendButtons('5511999990001', 'Hi', ['Yes']);
      expect(stage.simulator.messages()).toHaveLength(3);
      stage.simulator.fail('z-api', 'refused-with-200');
      expect(await app.get(service).sendButtons('5511999990001', 'Hi', ['Yes'])).toHaveProperty('error');
      stage.simulator.fail('z-api', 'rate-limited', 3);
      const error: unknown = await app
        .get(service)
        .sendButtons('5511999990001', 'Hi', ['Yes'])
        .catch((thrown) => thrown);
      expect(JSON.stringify(error)).toContain(stage.account('z-api').token);
    }),

  after: (exports) =>
    play(async (stage) => {
      stage.setEnvironment('z-api');
      const { app } = await stage.start(classIn(exports, 'AppModule'));
      const service = app.get(classIn<WhatsApp>(exports, 'WhatsAppService'));
      stage.simulator.fail('z-api', 'drop-after-accepting');
      await expect(service.sendButtons(PHONE, 'Hi', ['Yes'])).rejects.toThrow(UnknownOutcomeError);
      expect(stage.simulator.messages()).toHaveLength(1);
    }),
};
