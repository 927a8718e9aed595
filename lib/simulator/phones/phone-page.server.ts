import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ControlServer } from '../control/control.server.js';
import { MEDIA_PATH, mediaWithin } from './linked-media.js';
import type { PageFiles } from './page-files.js';
import { admission } from './page-guard.js';
import { type PhoneActors, runPhoneAction } from './phone-actions.js';
import type { PhoneFeed } from './phone-feed.js';
import type { PhoneStore } from './phone-store.js';

/** What the desk of the phones works with. */
export interface PhonePageServerDependencies {
  /** The address that the simulator was told to listen on. */
  readonly host: string;
  readonly files: PageFiles;
  readonly records: PhoneStore;
  readonly feed: PhoneFeed;
  readonly actors: PhoneActors;
  readonly control: ControlServer;
}

type Headers = Readonly<Record<string, string>>;

/** Everything may come from the simulator alone, but for the images and videos that messages show. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: https: http:",
  "media-src 'self' https: http:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const PAGE_MISSING =
  'The page of phones is not here: in a clone, run npm run build:page; in a bundle, keep nestjs-button-messaging out of ' +
  'it, as an external package. The providers are played all the same.';

/** Serves the page of phones, and what it asks for. */
export class PhonePageServer {
  constructor(private readonly desk: PhonePageServerDependencies) {}

  async serve(request: IncomingMessage, response: ServerResponse, path: string, body: string): Promise<void> {
    const admitted = admission(request.headers, this.desk.host);
    if (!admitted.admitted) {
      end(response, 403, admitted.reason);
    } else if (path === '/phones/events' || path === MEDIA_PATH) {
      if (mayRead(request, response)) this.read(request, response, path, admitted.headers);
    } else if (path === '/phones/acts') {
      await this.act(request, response, body, admitted.headers);
    } else if (this.desk.control.knows(path)) {
      this.desk.control.serve(request, response, path, body, admitted.headers);
    } else if (path !== '/' && !(await this.desk.files.at(path))) {
      end(response, 404, 'Nothing is here. The phones are at /.');
    } else if (mayRead(request, response)) {
      await this.page(request, response, path);
    }
  }

  private read(request: IncomingMessage, response: ServerResponse, path: string, headers: Headers): void {
    if (path !== MEDIA_PATH) {
      this.desk.feed.open(response, headers);
      return;
    }
    const query = new URLSearchParams((request.url ?? '').slice(path.length));
    const content = this.desk.records.contentOf(query.get('message') ?? '');
    const medium = content && mediaWithin(content, Number(query.get('part')));
    if (!medium) {
      end(response, 404, 'No such medium is here.', headers);
      return;
    }
    const kept = { 'cache-control': 'private, max-age=86400', 'x-content-type-options': 'nosniff' };
    response.writeHead(200, {
      ...headers,
      ...kept,
      'content-type': medium.type,
      'content-length': medium.bytes.length,
    });
    response.end(medium.bytes);
  }

  private async act(request: IncomingMessage, response: ServerResponse, body: string, headers: Headers): Promise<void> {
    if (request.method === 'OPTIONS') {
      const allowed = { 'access-control-allow-methods': 'POST', 'access-control-allow-headers': 'content-type' };
      response.writeHead(204, { ...headers, ...allowed }).end();
    } else if (request.method !== 'POST') {
      end(response, 405, '', { allow: 'POST, OPTIONS' });
    } else if (!/^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '')) {
      // A page elsewhere can send forms and plain text without being asked for its origin first, but no JSON.
      end(response, 415, 'Acts are JSON.', headers);
    } else {
      const { status, answer } = await runPhoneAction(this.desk.actors, body);
      response.writeHead(status, { ...headers, 'content-type': 'application/json; charset=utf-8' });
      response.end(JSON.stringify(answer));
    }
  }

  private async page(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const file = await this.desk.files.at(path);
    const type = file?.type ?? 'text/plain; charset=utf-8';
    const bytes = file?.bytes ?? Buffer.from(PAGE_MISSING);
    response.writeHead(200, {
      'content-type': type,
      'content-length': bytes.length,
      'cache-control': file?.lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  }
}

function mayRead(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return true;
  end(response, 405, '', { allow: 'GET, HEAD' });
  return false;
}

function end(response: ServerResponse, status: number, words: string, headers: Headers = {}): void {
  response.writeHead(status, { ...headers, 'content-type': 'text/plain; charset=utf-8' }).end(words);
}
