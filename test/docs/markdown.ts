import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** The documents at the root whose code is tried. */
const ROOT_DOCUMENTS = [
  'README.md',
  'README.pt-BR.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'bench/README.md',
];

/** A fenced block of code in a document. */
export interface CodeBlock {
  /** `docs/queue.md:12`. */
  at: string;
  file: string;
  /** The line of its first line of code, counted from 1. */
  line: number;
  language: string;
  code: string;
  /** What the invisible comments right before it say, as `<!-- context: queue -->`. */
  notes: ReadonlyMap<string, string>;
}

/** A paragraph or a heading, without its code. */
export interface Prose {
  file: string;
  /** Its first line, counted from 1. */
  line: number;
  text: string;
}

/** Every document of the project, by its path. */
export async function documents(): Promise<string[]> {
  const guides = await readdir('docs', { recursive: true });
  const ofGuides = guides
    .filter((path) => path.endsWith('.md') && !path.startsWith('api'))
    .map((path) => join('docs', path));
  return [...ROOT_DOCUMENTS, ...ofGuides.sort()];
}

/** The blocks of all documents. */
export async function allBlocks(): Promise<CodeBlock[]> {
  const files = await documents();
  return (await Promise.all(files.map(blocksOf))).flat();
}

/** The blocks of one document. */
export async function blocksOf(file: string): Promise<CodeBlock[]> {
  const blocks: CodeBlock[] = [];
  collect((await treeOf(file)).children, file, blocks);
  return blocks;
}

/** A document's outline: what a translation has to keep. */
export async function outlineOf(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8');
  const inCode = new Set((await blocksOf(file)).flatMap(({ line, code }) => linesFrom(line, code)));
  return text.split('\n').flatMap((content, index) => {
    if (inCode.has(index + 1)) return [];
    const heading = /^#+ /.exec(content)?.[0];
    if (heading) return [`heading ${heading.length - 1}`];
    if (content.startsWith('```')) return [content.length > 3 ? `code ${content.slice(3)}` : 'end of code'];
    return content.startsWith('|') ? [`table row of ${content.split('|').length - 2}`] : [];
  });
}

/** What one document says in words: its text and the descriptions of its pictures. */
export async function proseOf(file: string): Promise<Prose[]> {
  return proseIn(await treeOf(file), file);
}

function proseIn(node: Nodes, file: string): Prose[] {
  if (node.type === 'paragraph' || node.type === 'heading') {
    return [{ file, line: node.position?.start.line ?? 0, text: wordsOf(node) }];
  }
  return 'children' in node ? node.children.flatMap((child) => proseIn(child, file)) : [];
}

function wordsOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  if (node.type === 'inlineCode') return '`…`';
  if (node.type === 'image') return node.alt ?? '';
  return 'children' in node ? node.children.map(wordsOf).join('') : '';
}

function linesFrom(line: number, code: string): number[] {
  return code.split('\n').map((_, index) => line + index);
}

async function treeOf(file: string): Promise<Root> {
  return fromMarkdown(await readFile(file, 'utf8'));
}

/** Goes through siblings in order: the notes of a block are the comments right before it. */
function collect(siblings: readonly Nodes[], file: string, blocks: CodeBlock[]): void {
  let notes = new Map<string, string>();
  for (const node of siblings) {
    if (node.type === 'html') {
      for (const [, name, value] of node.value.matchAll(/<!-- *([a-z ]+?): *(.+?) *-->/g))
        notes.set(name ?? '', value ?? '');
      continue;
    }
    if (node.type === 'code') {
      const line = (node.position?.start.line ?? 0) + 1;
      blocks.push({ at: `${file}:${line}`, file, line, language: node.lang ?? '', code: node.value, notes });
    }
    if ('children' in node) collect(node.children, file, blocks);
    notes = new Map();
  }
}
