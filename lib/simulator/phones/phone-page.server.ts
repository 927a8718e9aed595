import type { IncomingMessage, ServerResponse } from 'node:http';
import { ControlServer } from '../control/control.server.js';
import type { ControlDependencies } from '../control/control-routes.js';
import type { SimulatorParts } from '../simulator-parts.js';
import { MEDIA_PATH } from './linked-media.js';
import { PageFiles } from './page-files.js';
import { admission } from './page-guard.js';
import { type PhoneActors, runPhoneAction } from './phone-actions.js';

/** What the phone page's server uses. */
type PhonePageServerDependencies = ControlDependencies & PhoneActors & Pick<SimulatorParts, 'records' | 'feed'>;

type Headers = Readonly<Record<string, string>>;

/** All resources come from the simulator, except images and videos in messages. */
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
  'The phone page is missing. In a clone, run npm run build:page. In a bundle, mark nestjs-button-messaging as ' +
  'external. The providers are simulated anyway.';

/** Serves the phone page and its API. */
export class PhonePageServer {
  private readonly files = new PageFiles();
  private readonly control: ControlServer;

  /** @param host The host of the simulator. */
  constructor(
    private readonly host: string,
    private readonly dependencies: PhonePageServerDependencies,
  ) {
    this.control = new ControlServer(dependencies);
  }

  async serve(request: IncomingMessage, response: ServerResponse, path: string, body: string): Promise<void> {
    const admitted = admission(request.headers, this.host);
    if (!admitted.admitted) {
      end(response, 403, admitted.reason);
    } else if (path === '/phones/events' || path === MEDIA_PATH) {
      if (mayRead(request, response)) this.read(request, response, path, admitted.headers);
    } else if (path === '/phones/acts') {
      await this.act(request, response, body, admitted.headers);
    } else if (this.control.knows(path)) {
      await this.control.serve(request, response, path, body, admitted.headers);
    } else if (path !== '/' && !(await this.files.at(path))) {
      end(response, 404, 'Not found. The phone page is at /');
    } else if (mayRead(request, response)) {
      await this.page(request, response, path);
    }
  }

  private read(request: IncomingMessage, response: ServerResponse, path: string, headers: Headers): void {
    if (path !== MEDIA_PATH) {
      this.dependencies.feed.open(response, headers);
      return;
    }
    const medium = this.dependencies.records.fileAt(new URLSearchParams((request.url ?? '').slice(path.length)));
    if (!medium) {
      end(response, 404, 'Media not found', headers);
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
      // Pages of other origins can send forms and plain text without a preflight request, but not JSON.
      end(response, 415, 'Actions must be JSON', headers);
    } else {
      const { status, answer } = await runPhoneAction(this.dependencies, body);
      response.writeHead(status, { ...headers, 'content-type': 'application/json; charset=utf-8' });
      response.end(JSON.stringify(answer));
    }
  }

  private async page(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const file = await this.files.at(path);
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

function end(response: ServerResponse, status: number, text: string, headers: Headers = {}): void {
  response.writeHead(status, { ...headers, 'content-type': 'text/plain; charset=utf-8' }).end(text);
}
