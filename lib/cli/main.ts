#!/usr/bin/env node
import { runCli } from './run-cli.js';

void runCli(process.argv.slice(2), process.env, (line) => process.stdout.write(`${line}\n`)).then((code) => {
  process.exitCode = code;
});
