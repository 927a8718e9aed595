import { Injectable } from '@nestjs/common';
import {
  ButtonMessagingService,
  type ButtonReplyEvent,
  type EventSender,
  OnButtonReply,
  ZApiService,
} from 'nestjs-button-messaging';

/** Asks people to confirm an appointment, and offers other times if they cannot come. */
@Injectable()
export class AppointmentsService {
  constructor(
    private readonly messaging: ButtonMessagingService,
    private readonly zApi: ZApiService,
  ) {}

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
  async confirmed({ from }: ButtonReplyEvent): Promise<void> {
    await this.zApi.sendText({ phone: recipientOf(from), message: 'Thank you. See you tomorrow at 10:00.' });
  }

  @OnButtonReply('reschedule')
  async offerTimes({ from }: ButtonReplyEvent): Promise<void> {
    const options = ['09:00', '11:30', '16:00'].map((time) => ({ id: `slot-${time}`, title: time }));
    const optionList = { title: 'Free tomorrow', buttonLabel: 'See the times', options };
    await this.zApi.sendOptionList({ phone: recipientOf(from), message: 'When would it suit you?', optionList });
  }

  @OnButtonReply(/^slot-/)
  async timeChosen({ from, button }: ButtonReplyEvent): Promise<void> {
    await this.zApi.sendText({ phone: recipientOf(from), message: `Done: tomorrow at ${button.title}.` });
  }

  @OnButtonReply('talk')
  async offerCall({ from }: ButtonReplyEvent): Promise<void> {
    const call = { type: 'call', title: 'Call us', phone: '+55 11 3333-4444' } as const;
    await this.messaging.send({ to: recipientOf(from), text: 'We are here until 18:00.', buttons: [call] });
  }
}

// Numbers from events have no +, which `phone` needs. People who hide their number have an LID.
function recipientOf({ phone, lid = '' }: EventSender): string {
  return phone === undefined ? lid : `+${phone}`;
}
