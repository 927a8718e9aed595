import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { ButtonMessagingTestingModule, RecordingTransport } from 'nestjs-button-messaging/testing';
import { AppointmentsService } from './appointments.service.js';

describe('AppointmentsService', () => {
  let module: TestingModule;
  let appointments: AppointmentsService;
  let transport: RecordingTransport;

  beforeEach(async () => {
    module = await Test.createTestingModule({
      imports: [ButtonMessagingTestingModule.forRoot()],
      providers: [AppointmentsService],
    }).compile();
    await module.init(); // handlers receive events from now on
    appointments = module.get(AppointmentsService);
    transport = module.get(RecordingTransport);
  });

  afterEach(() => module.close());

  it('asks for another time, and books it', async () => {
    await appointments.remind('+55 11 99999-9999');
    await transport.press('reschedule');
    await transport.press('16:00');

    expect(transport.sent.map(({ message }) => message?.text)).toEqual([
      'Your appointment is tomorrow at 10:00.',
      'When would it suit you?',
      'Done: 16:00.',
    ]);
    expect(appointments.booked.get('5511999999999')).toBe('slot-16');
  });
});
