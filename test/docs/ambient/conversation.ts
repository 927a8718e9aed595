/** What an example takes for granted where answers are heard. */

export { Injectable } from '@nestjs/common';
export {
  ButtonMessagingModule,
  ButtonMessagingService,
  type ButtonReplyEvent,
  type EventSender,
  OnButtonReply,
  ZApiService,
} from 'nestjs-button-messaging';
