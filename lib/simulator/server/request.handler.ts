import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Fault, FaultTarget } from '../faults/fault.interface.js';
import { delayOf, faultResponse } from '../faults/fault-response.js';
import { acceptsMessage } from '../faults/faults.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { Handling, ProviderSimulation } from '../provider-simulation.js';
import type { SimulatorParts } from '../simulator-parts.js';
import { jsonResponse } from './http-response.js';
import { maskedHeaders, maskedPath } from './masking.js';
import type { RecordedRequest } from './recorded-request.interface.js';
import { readBody } from './request-body.js';
import { MAX_RECORDED_CHARACTERS, writeEnding } from './response-writer.js';

/** What the request handler uses. */
type RequestHandlerDependencies = Pick<
  SimulatorParts,
  'simulations' | 'faults' | 'messages' | 'log' | 'events' | 'callbacks' | 'phones' | 'closed'
>;

/** Returns the target of faults for a request. A rejected request counts as what it tried to do. */
function targetOf({ kind }: Handling, method: string): FaultTarget {
  if (kind === 'done') return 'others';
  if (kind === 'accepted') return 'sends';
  return kind === 'read' || method === 'GET' ? 'reads' : 'sends';
}

/** Handles requests to providers, with the planned faults. */
export class RequestHandler {
  constructor(
    private readonly dependencies: RequestHandlerDependencies,
    private readonly bodyLimit: number,
  ) {}

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '/';
    const path = url.split('?', 1).join('');
    const simulation = this.dependencies.simulations.find(({ pathPrefix }) => path.startsWith(`${pathPrefix}/`));
    const body = await readBody(request, this.bodyLimit);
    if (body === 'gone') return;
    if (body === 'too-large') {
      writeEnding(response, { kind: 'whole', answer: jsonResponse(413, { error: 'Payload Too Large' }) });
    } else if (simulation) {
      await this.provide(simulation, request, response, path, body);
    } else {
      await this.dependencies.phones.serve(request, response, path, body.text);
    }
  }

  private async provide(
    simulation: ProviderSimulation,
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    { text: body, bytes }: { readonly text: string; readonly bytes: Buffer },
  ): Promise<void> {
    const { log, events, faults, callbacks } = this.dependencies;
    const url = request.url ?? '/';
    const method = request.method ?? 'GET';
    let record = log.add({
      provider: simulation.name,
      method,
      path: maskedPath(url),
      headers: maskedHeaders(request.headers),
      body: body.slice(0, MAX_RECORDED_CHARACTERS),
      receivedAt: new Date(),
    });
    events.next({ kind: 'request', at: record.receivedAt, request: record });
    const query = new URLSearchParams(url.slice(path.length));
    const handling = await simulation.handle({
      method,
      path: path.slice(simulation.pathPrefix.length),
      query,
      headers: request.headers,
      body,
      bytes,
    });
    const fault = faults.take(record, targetOf(handling, method));
    if (fault !== undefined) {
      record = log.change(record, { fault });
      events.next({ kind: 'fault', at: new Date(), request: record, fault, accepted: acceptsMessage(fault) });
    }
    const message = this.settle(handling, record, fault);
    if (message) record = log.change(record, { accepted: true });
    const following = message && callbacks.take(message);
    if (following) await callbacks.run(message, following['before-answer']);
    const ending = faultResponse(fault, handling.answer, () => simulation.rateLimited());
    const wait = delayOf(fault);
    if (wait > 0 && !(await this.waited(wait))) return;
    const answer = writeEnding(response, ending);
    if (answer) record = log.change(record, { answer });
    if (ending.kind !== 'silence') events.next({ kind: 'answered', at: new Date(), request: record });
    const own = (handling.kind === 'accepted' && handling.callbacks) || [];
    if (following) await callbacks.run(message, [...own, ...following['after-answer']]);
  }

  /** Applies the result of the request, if the fault allows it. Returns its message. */
  private settle(handling: Handling, record: RecordedRequest, fault: Fault | undefined): AcceptedMessage | undefined {
    if (fault !== undefined && !acceptsMessage(fault)) return undefined;
    switch (handling.kind) {
      case 'accepted':
        handling.settle?.();
        return this.dependencies.messages.accept(handling.message, record.id);
      case 'done':
        handling.settle?.();
        if (handling.read) this.dependencies.messages.markRead(handling.read);
        return undefined;
      case 'refused': {
        const { status } = handling.answer;
        this.dependencies.events.next({ kind: 'refused', at: new Date(), request: record, status });
        return undefined;
      }
      case 'read':
        return undefined;
    }
  }

  private async waited(milliseconds: number): Promise<boolean> {
    try {
      await delay(milliseconds, undefined, { signal: this.dependencies.closed.signal });
      return true;
    } catch {
      return false;
    }
  }
}
