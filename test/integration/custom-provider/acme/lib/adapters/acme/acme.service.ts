import { Injectable } from '@nestjs/common';
import { SEND_OPTIONS, type SendOptions } from '../../message/send-options.interface.js';
import { ProviderOperations } from '../provider.operations.js';
import { AcmeAdapter } from './acme.adapter.js';
import { type AcmeSendResult, outgoingOf } from './acme.operations.js';
import { SendChoicesDto } from './dto/index.js';

@Injectable()
export class AcmeService {
  constructor(
    private readonly operations: ProviderOperations,
    private readonly adapter: AcmeAdapter,
  ) {}

  async sendChoices(dto: SendChoicesDto, options: SendOptions = {}): Promise<AcmeSendResult> {
    const account = await this.operations.account('acme', options, SEND_OPTIONS);
    this.operations.rejectInvalid(this.operations.issuesOf(SendChoicesDto, dto), account);
    return this.operations.send(this.adapter, outgoingOf(dto), account, options);
  }
}
