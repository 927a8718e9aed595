import { Injectable } from '@nestjs/common';
import { ButtonMessagingService, type ButtonReplyEvent, OnButtonReply } from 'nestjs-button-messaging';

/** Asks people to confirm an appointment, and offers other times if they cannot come. */
@Injectable()
export class AppointmentsService {
  constructor(private readonly messaging: ButtonMessagingService) {}

  async askForConfirmation(phone: string): Promise<void> {
    await this.messaging.send({
      to: phone,
      text: 'Your appointment is tomorrow at 10:00. Does that suit you?',
      buttons: [
        { type: 'reply', id: 'confirm', title: 'Confirm' },
        { type: 'reply', id: 'reschedule', title: 'Another time' },
        { type: 'reply', id: 'talk', title: 'Talk to us' },
      ],
    });
  }

  @OnButtonReply('confirm')
  async confirmed(event: ButtonReplyEvent): Promise<void> {
    await this.messaging.reply(event, { text: 'Thank you. See you tomorrow at 10:00.' });
  }

  @OnButtonReply('reschedule')
  async offerTimes(event: ButtonReplyEvent): Promise<void> {
    const rows = ['09:00', '11:30', '16:00'].map((time) => ({ id: `slot-${time}`, title: time }));
    await this.messaging.reply(event, {
      text: 'When would it suit you?',
      list: { button: 'See the times', sections: [{ title: 'Free tomorrow', rows }] },
    });
  }

  @OnButtonReply(/^slot-/)
  async timeChosen(event: ButtonReplyEvent): Promise<void> {
    await this.messaging.reply(event, { text: `Done: tomorrow at ${event.button.title}.` });
  }

  @OnButtonReply('talk')
  async offerCall(event: ButtonReplyEvent): Promise<void> {
    const call = { type: 'call', title: 'Call us', phone: '+55 11 3333-4444' } as const;
    await this.messaging.reply(event, { text: 'We are here until 18:00.', buttons: [call] });
  }
}
