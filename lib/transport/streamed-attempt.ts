import type { Dispatcher } from 'undici';
import type { RawHttpResponse } from './http-response.js';
import type { AttemptOutcome, RequestAttempt } from './request-attempt.js';
import type { ResponseStream } from './response-stream.js';

/** The outcome of an attempt whose successful response is a stream. Any other response is read as a whole. */
export type StreamedOutcome =
  | { kind: 'streamed'; headers: RawHttpResponse['headers']; body: ResponseStream }
  | AttemptOutcome;

/** One attempt that ends with the headers of a successful response. Its body is a stream. */
export class StreamedAttempt implements Dispatcher.DispatchHandler {
  /** The outcome. It never rejects. */
  readonly completion: Promise<StreamedOutcome>;
  private body: ResponseStream | undefined;

  /** @param opening The attempt until the headers, with its timeout. */
  constructor(
    private readonly opening: RequestAttempt,
    private readonly createBody: (controller: Dispatcher.DispatchController) => ResponseStream,
  ) {
    this.completion = opening.completion.then((end) =>
      end.kind === 'answered' && this.body ? { kind: 'streamed', headers: end.answer.headers, body: this.body } : end,
    );
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.opening.onRequestStart(controller);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: RawHttpResponse['headers'],
  ): void {
    this.opening.onResponseStart(controller, status, headers);
    if (status < 200 || status > 299) return;
    this.body = this.createBody(controller);
    this.opening.onResponseEnd();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.body) this.body.add(chunk);
    else this.opening.onResponseData(controller, chunk);
  }

  onResponseEnd(): void {
    if (this.body) this.body.complete();
    else this.opening.onResponseEnd();
  }

  onResponseError(controller: Dispatcher.DispatchController, error: Error): void {
    if (this.body) this.body.fail(error);
    else this.opening.onResponseError(controller, error);
  }
}
