/** What an example takes for granted where answers are heard. */

export { Injectable } from '@nestjs/common';
export {
  ButtonMessagingModule,
  ButtonMessagingService,
  type ButtonReplyEvent,
  OnButtonReply,
} from 'nestjs-button-messaging';
