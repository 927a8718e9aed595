import { Injectable } from '@nestjs/common';
import type { SendOptions } from '../../message/send-options.interface.js';
import { ProviderOperations } from '../provider.operations.js';
import { AcmeAdapter } from './acme.adapter.js';
import { type AcmeSendResult, SEND_CHOICES } from './acme.operations.js';
import type { SendChoicesDto } from './dto/index.js';

@Injectable()
export class AcmeService {
  constructor(
    private readonly operations: ProviderOperations,
    private readonly adapter: AcmeAdapter,
  ) {}

  sendChoices(dto: SendChoicesDto, options?: SendOptions): Promise<AcmeSendResult> {
    return this.operations.sendDto('acme', this.adapter, SEND_CHOICES, dto, options);
  }
}
