import * as async_hooks from 'node:async_hooks';
import * as crypto from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as net from 'node:net';
import { resolve } from 'node:path';
import * as common from '@nestjs/common';
import * as core from '@nestjs/core';
import type * as Throttler from '@nestjs/throttler';

const FOLDER = resolve('node_modules/@nestjs/throttler/dist');
const GIVEN: Readonly<Record<string, unknown>> = {
  async_hooks,
  crypto,
  net,
  '@nestjs/common': common,
  '@nestjs/core': core,
};

/**
 * Loads `@nestjs/throttler`, a CommonJS package, with the Nest of the test. Unlike Node.js, Jest does not let CommonJS
 * require an ES module such as Nest 12.
 */
export function loadThrottler(): typeof Throttler {
  const loaded = new Map<string, object>();
  const load = (file: string): object => {
    const known = loaded.get(file);
    if (known) return known;
    const exports = {};
    loaded.set(file, exports);
    const run = new Function('exports', 'require', readFileSync(file, 'utf8'));
    run(exports, (name: string) => (name.startsWith('.') ? load(resolve(FOLDER, `${name}.js`)) : given(name)));
    return exports;
  };
  const throttler: object = load(resolve(FOLDER, 'index.js'));
  if (!isThrottler(throttler)) throw new Error('@nestjs/throttler has no ThrottlerGuard');
  return throttler;
}

function given(name: string): unknown {
  const module = GIVEN[name.replace(/^node:/, '')];
  if (module === undefined) throw new Error(`@nestjs/throttler requires ${name}, too`);
  return module;
}

function isThrottler(value: object): value is typeof Throttler {
  return 'ThrottlerGuard' in value;
}
