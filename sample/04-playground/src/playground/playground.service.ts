import { Injectable } from '@nestjs/common';
import { trace } from '@opentelemetry/api';
import {
  ButtonMessagingError,
  ButtonMessagingService,
  type ButtonReplyEvent,
  InvalidMessageError,
  type MessagePreview,
  type MessageStatusEvent,
  OnButtonReply,
  OnMessageStatus,
  OnTextMessage,
  type TextMessageEvent,
} from 'nestjs-button-messaging';
import { ButtonMessagingQueue } from 'nestjs-button-messaging/queue';
import { GatewaySimulator } from 'nestjs-button-messaging/simulator';
import { TimelinesService } from '../timelines/timelines.service.js';
import type { ComposeDto, DraftDto } from './compose.dto.js';

/** Previews and sends messages, and records what happens to them. */
@Injectable()
export class PlaygroundService {
  private readonly tracer = trace.getTracer('playground');

  constructor(
    private readonly messaging: ButtonMessagingService,
    private readonly queue: ButtonMessagingQueue,
    private readonly timelines: TimelinesService,
    private readonly simulator: GatewaySimulator,
  ) {}

  /** Returns what each account would send, and every issue. */
  preview({ message, ...options }: DraftDto): Promise<MessagePreview[]> {
    return this.messaging.preview(message, options);
  }

  /** Starts to send, and returns the ID of the timeline at once. */
  compose(composed: ComposeDto): string {
    return this.tracer.startActiveSpan('compose', (span) => {
      const id = span.spanContext().traceId;
      this.timelines.begin(id, composed.by, composed.message);
      this.openConversation(composed);
      void this.send(id, composed).finally(() => {
        span.end();
      });
      return id;
    });
  }

  @OnMessageStatus()
  onStatus({ status, reason, sent }: MessageStatusEvent): void {
    const asText = sent?.degraded === 'text';
    const entry = { kind: 'status', at: new Date(), status, asText, ...(reason !== undefined && { reason }) } as const;
    this.timelines.addTo(sent?.id, entry);
  }

  @OnButtonReply()
  onReply({ button, typed, sent, account, messageId }: ButtonReplyEvent): void {
    const at = new Date();
    this.timelines.addTo(sent?.id, { kind: 'reply', at, button, typed: typed === true, account, messageId });
    this.timelines.addTo(sent?.id, { kind: 'handled', at, handler: '@OnButtonReply()' });
  }

  /** Adds a text to the timeline of the message that it quotes, or of the latest message to its sender. */
  @OnTextMessage()
  onText({ text, sent, from, account, messageId }: TextMessageEvent): void {
    const timeline = (sent && this.timelines.of(sent.id)) ?? this.timelines.latestTo(from, account);
    if (!timeline) return;
    const at = new Date();
    this.timelines.add(timeline.id, { kind: 'text', at, text, account, messageId });
    this.timelines.add(timeline.id, { kind: 'handled', at, handler: '@OnTextMessage()' });
  }

  /** Chatvolt can only write to people who wrote first, so this opens the conversation. A template opens its own. */
  private openConversation({ account, message }: ComposeDto): void {
    const { to } = message;
    if (account !== 'chatvolt' || 'template' in message) return;
    if (typeof to === 'string' && /\d/.test(to)) this.simulator.openConversation(to);
  }

  private async send(id: string, { message, by, ...options }: ComposeDto): Promise<void> {
    try {
      if (by === 'queue') {
        const queued = await this.queue.enqueue(message, options);
        this.timelines.link(id, queued.id);
        this.timelines.add(id, { kind: 'enqueued', at: new Date(), id: queued.id });
        return;
      }
      const sent = await this.messaging.send(message, options);
      this.timelines.link(id, sent.id);
      this.timelines.add(id, { kind: 'accepted', at: sent.acceptedAt, sent });
    } catch (error) {
      this.fail(id, error);
    }
  }

  private fail(id: string, error: unknown): void {
    const at = new Date();
    if (!(error instanceof ButtonMessagingError)) {
      this.timelines.add(id, { kind: 'failed', at, code: 'unexpected', message: String(error) });
      return;
    }
    const { code, message, outcome } = error;
    const issues = error instanceof InvalidMessageError ? { issues: [...error.issues] } : {};
    this.timelines.add(id, { kind: 'failed', at, code, message, outcome, ...issues });
  }
}
