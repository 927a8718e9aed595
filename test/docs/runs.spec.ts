import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Exports } from './fixtures/docs-app.js';
import { QUEUE_SCENES, UNPLAYABLE } from './fixtures/queue.fixtures.js';
import { SENDING_SCENES } from './fixtures/sending.fixtures.js';
import { HEARING_SCENES } from './fixtures/webhooks.fixtures.js';
import { sourceOf } from './fragment.js';
import { allBlocks, type CodeBlock } from './markdown.js';
import { GENERATED, pathOf } from './type-check.js';

const SCENES = { ...SENDING_SCENES, ...HEARING_SCENES, ...QUEUE_SCENES };
const ONE_SCENE_MS = 30_000;

const marked = (await allBlocks()).filter(({ notes }) => notes.has('run'));
const sceneOf = ({ notes }: CodeBlock) => notes.get('run') ?? '';

async function exportsOf(block: CodeBlock): Promise<Exports> {
  return block.language === 'ts' ? import(pathOf(block)) : {};
}

describe('Complete examples of the documentation', () => {
  beforeAll(async () => {
    for (const block of marked.filter(({ language }) => language === 'ts')) {
      await mkdir(dirname(pathOf(block)), { recursive: true });
      await writeFile(pathOf(block), sourceOf(block).code);
    }
  });
  afterAll(() => rm(GENERATED, { recursive: true, force: true }));

  it('has one scene for each example, and no unused scene', () => {
    expect([...new Set(marked.map(sceneOf))].sort()).toEqual(Object.keys(SCENES).sort());
  });

  for (const block of marked) {
    const name = sceneOf(block);
    const test = UNPLAYABLE.includes(name) ? it.skip : it;
    test(
      `runs ${block.at} with the scene ${name}`,
      async () => {
        const scene = SCENES[name];
        if (!scene) throw new Error(`There is no scene ${name}`);
        await scene(await exportsOf(block), block.code);
      },
      ONE_SCENE_MS,
    );
  }
});
