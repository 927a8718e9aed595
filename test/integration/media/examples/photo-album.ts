import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { ButtonMessagingMedia, type InboundMessageEvent, OnMessage } from 'nestjs-button-messaging';

@Injectable()
export class PhotoAlbum {
  readonly photos: { path: string; from: string | undefined }[] = [];
  folder = '/var/lib/photos';

  constructor(private readonly media: ButtonMessagingMedia) {}

  @OnMessage('image')
  async add(event: InboundMessageEvent): Promise<void> {
    const { stream } = await this.media.download(event, { maxBytes: 10_000_000 });
    const path = join(this.folder, randomUUID());
    try {
      await pipeline(stream, createWriteStream(path, { flags: 'wx' }));
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    this.photos.push({ path, from: event.from.phone });
  }
}
