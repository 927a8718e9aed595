import { type CallContext, type ProviderCall, ProviderClient } from '../adapters/provider.client.js';
import { SendAbortedError } from '../errors/outcome.errors.js';
import type { ExecutionResult } from '../resilience/request.executor.js';
import type { RecordingTransport } from './recording-transport.js';

/** Passes requests to the recording transport, without rate limits and retries. */
export class RecordingClient extends ProviderClient {
  constructor(
    private readonly recording: RecordingTransport,
    ...dependencies: ConstructorParameters<typeof ProviderClient>
  ) {
    super(...dependencies);
  }

  override async call<Result>(call: ProviderCall<Result>, context: CallContext): Promise<ExecutionResult<Result>> {
    if (context.signal?.aborted) {
      const details = { provider: call.account.provider, account: call.account.name };
      throw new SendAbortedError('The send was aborted before its request was sent', 'not-sent', details);
    }
    if (!call.repeatable) await context.beforeRequest?.();
    if (!call.repeatable) context.inFlightSend?.leave();
    const { answer, messageId } = this.recording.answer(call);
    const value =
      'attempt' in call
        ? call.resultOf({ ...(messageId !== undefined && { messageId }) })
        : call.read({ status: 200, body: { kind: 'json', value: answer } });
    return { value, attempts: 1 };
  }
}
