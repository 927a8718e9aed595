import { inspect } from 'node:util';
import type { LoggerService } from '@nestjs/common';

/** Records every line, and separately the context, which Nest passes last. */
export class RecordingLogger implements LoggerService {
  readonly lines: string[] = [];
  /** Where errors of the application's own were thrown. */
  readonly stacks: string[] = [];
  readonly contexts: unknown[] = [];
  log = (...parts: unknown[]) => this.keep(parts);
  error = (...parts: unknown[]) => this.keep(parts);
  warn = (...parts: unknown[]) => this.keep(parts);
  debug = (...parts: unknown[]) => this.keep(parts);
  verbose = (...parts: unknown[]) => this.keep(parts);
  fatal = (...parts: unknown[]) => this.keep(parts);

  private keep(all: unknown[]): void {
    const isOurs = all.length > 1 && all.at(-1) === 'ButtonMessaging';
    const parts = isOurs ? all.slice(0, -1) : all;
    this.contexts.push(isOurs ? all.at(-1) : undefined);
    // The stack of an application's error follows the line.
    if (typeof parts.at(-1) === 'string' && /^\s+at /.test(String(parts.at(-1)))) this.stacks.push(String(parts.pop()));
    this.lines.push(
      parts.map((part) => (typeof part === 'string' ? part : inspect(part, { depth: 12, showHidden: true }))).join(' '),
    );
  }
}

/** What is written to stdout and stderr while the work runs; it is not printed. */
export async function outputOf(work: () => Promise<unknown>): Promise<string> {
  let output = '';
  const streams = [process.stdout, process.stderr];
  const writes = streams.map(({ write }) => write);
  for (const stream of streams) {
    stream.write = ((chunk: string | Uint8Array) => {
      output += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
      return true;
    }) as typeof stream.write;
  }
  try {
    await work();
  } finally {
    for (const [index, stream] of streams.entries()) stream.write = writes[index] as typeof stream.write;
  }
  return output;
}

/** Every way in which a value may come to be printed. */
export function renderings(value: unknown): string {
  const parts = [
    inspect(value, { depth: 12, showHidden: true, getters: true }),
    JSON.stringify(value) ?? '',
    String(value),
  ];
  if (value instanceof Error)
    parts.push(value.stack ?? '', value.message, inspect(value.cause, { depth: 12, showHidden: true }));
  if (value !== null && typeof value === 'object') {
    for (const name of Object.getOwnPropertyNames(value))
      parts.push(inspect((value as Record<string, unknown>)[name], { depth: 12 }));
  }
  return parts.join('\n');
}
