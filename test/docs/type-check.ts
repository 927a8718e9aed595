import { join, resolve } from 'node:path';
import ts from 'typescript';
import { sourceOf } from './fragment.js';
import type { CodeBlock } from './markdown.js';

/** Where the blocks' modules stand, some only for the compiler. */
export const GENERATED = resolve('test/docs/.generated');

/** The path of a block's module: beside the others of its document, under the name that those may import. */
export function pathOf({ file, line, notes }: CodeBlock, folder = GENERATED): string {
  return join(folder, file.replaceAll('/', '-'), notes.get('file') ?? `line-${line}.ts`);
}

/** What the compiler says of each block, by the line of its document; nothing of those that are in order. */
export function typeErrors(blocks: readonly CodeBlock[], readers: ts.CompilerOptions = {}): string[] {
  const sources = new Map(blocks.map((block) => [pathOf(block), { block, ...sourceOf(block) }]));
  const options = { ...compilerOptions(), ...readers };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, directoryExists } = host;
  host.readFile = (path) => sources.get(resolve(path))?.code ?? readFile(path);
  host.fileExists = (path) => sources.has(resolve(path)) || fileExists(path);
  host.directoryExists = (path) => resolve(path).startsWith(GENERATED) || (directoryExists?.(path) ?? false);
  const program = ts.createProgram([...sources.keys()], options, host);
  return [...sources].flatMap(([path, { block, firstLine }]) => {
    const file = program.getSourceFile(path);
    const diagnostics = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return diagnostics.map((diagnostic) => described(diagnostic, block, firstLine));
  });
}

function described({ file, start = 0, messageText }: ts.Diagnostic, block: CodeBlock, firstLine: number): string {
  const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
  return `${block.file}:${block.line + line - firstLine}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
}

/** As strict as the project itself, with the package's own sources as its types. */
export function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, resolve('.'));
  return {
    ...options,
    // A reader's example may leave something unused.
    noUnusedLocals: false,
    noUnusedParameters: false,
    paths: {
      'nestjs-button-messaging': [resolve('lib/index.ts')],
      'nestjs-button-messaging/*': [resolve('lib/*/index.ts')],
    },
  };
}
