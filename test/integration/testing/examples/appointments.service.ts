import { Injectable } from '@nestjs/common';
import { ButtonMessagingService, type ButtonReplyEvent, OnButtonReply } from 'nestjs-button-messaging';

@Injectable()
export class AppointmentsService {
  readonly booked = new Map<string, string>();

  constructor(private readonly messaging: ButtonMessagingService) {}

  remind(phone: string) {
    return this.messaging.send({
      to: phone,
      text: 'Your appointment is tomorrow at 10:00.',
      buttons: [
        { type: 'reply', id: 'slot-10', title: 'I will be there' },
        { type: 'reply', id: 'reschedule', title: 'Another time' },
      ],
    });
  }

  @OnButtonReply('reschedule')
  async reschedule({ from: { phone = '' } }: ButtonReplyEvent) {
    const { button } = await this.messaging.ask({
      to: `+${phone}`,
      text: 'When would it suit you?',
      buttons: [
        { type: 'reply', id: 'slot-9', title: '09:00' },
        { type: 'reply', id: 'slot-16', title: '16:00' },
      ],
    });
    await this.messaging.send(
      {
        to: `+${phone}`,
        text: `Done: ${button.title}.`,
        buttons: [{ type: 'url', title: 'Map', url: 'https://example.com' }],
      },
      { fallback: 'text' },
    );
  }

  @OnButtonReply(/^slot-/)
  book({ from: { phone = '' }, button }: ButtonReplyEvent) {
    this.booked.set(phone, button.id);
  }
}
