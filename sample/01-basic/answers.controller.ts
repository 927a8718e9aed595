import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { Subject } from 'rxjs';

/** What a provider told us. */
export interface Answer {
  provider: string;
  account: string;
  body: unknown;
}

/** Receives the webhooks of the providers. */
@Controller('webhooks')
export class AnswersController {
  readonly answers$ = new Subject<Answer>();

  @Post(':provider/:account')
  @HttpCode(200)
  receive(@Param('provider') provider: string, @Param('account') account: string, @Body() body: unknown): void {
    this.answers$.next({ provider, account, body });
  }
}
