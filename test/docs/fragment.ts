import { readFileSync } from 'node:fs';
import ts from 'typescript';
import type { CodeBlock } from './markdown.js';

/** A block as a module of its own, and where its first line is in it. */
export interface BlockSource {
  code: string;
  firstLine: number;
}

/** The place of a block's code among what surrounds it. */
interface Frame {
  before: string;
  after: string;
}

const MODULE: Frame = { before: '', after: '' };

/**
 * The module that a block stands for. A block that imports or exports is one. Others are what one would write in a
 * method, or in a class, of an application; what they take for granted is declared in the context that their note
 * names: its exports are imported, and its class `Surroundings` gives `this` its members.
 */
export function sourceOf(block: CodeBlock): BlockSource {
  const context = block.notes.get('context');
  const frame = frameOf(block, context);
  const { hoisted, rest } = hoist(block.code);
  const taken = namesBoundIn(block.code);
  const imports = context === undefined ? '' : importsOf(context, taken);
  const head = `${imports}${hoisted}${frame.before}`;
  return { code: `${head}\n${rest}\n${frame.after}\nexport {};\n`, firstLine: head.split('\n').length + 1 };
}

/** Whether a block is a module on its own. */
export function isWhole({ code }: CodeBlock): boolean {
  return parse(code).statements.some(
    (statement) => ts.isExportDeclaration(statement) || ts.isExportAssignment(statement) || hasExport(statement),
  );
}

function frameOf(block: CodeBlock, context: string | undefined): Frame {
  if (isWhole(block)) return MODULE;
  const head = `class Fragment ${context !== undefined && exportsOf(context).has('Surroundings') ? 'extends Surroundings ' : ''}{`;
  const { rest } = hoist(block.code);
  const inMethod = { before: `${head} async fragment() {`, after: '} }' };
  const inClass = { before: head, after: '}' };
  return isSyntax(`${inMethod.before}\n${rest}\n${inMethod.after}`) ? inMethod : inClass;
}

function isSyntax(code: string): boolean {
  const options = { experimentalDecorators: true, target: ts.ScriptTarget.ES2022 };
  return ts.transpileModule(code, { reportDiagnostics: true, compilerOptions: options }).diagnostics?.length === 0;
}

/** Imports go to the top; their lines stay, empty, so that every other line keeps its number. */
function hoist(code: string): { hoisted: string; rest: string } {
  let hoisted = '';
  let rest = code;
  for (const statement of parse(code).statements) {
    if (!ts.isImportDeclaration(statement)) continue;
    const text = statement.getText();
    hoisted += `${text.replaceAll('\n', ' ')}\n`;
    rest = rest.slice(0, statement.getStart()) + text.replace(/[^\n]/g, ' ') + rest.slice(statement.getEnd());
  }
  return { hoisted, rest };
}

function importsOf(context: string, taken: ReadonlySet<string>): string {
  const names = [...exportsOf(context)].filter(([name]) => !taken.has(name));
  const list = names.map(([name, kind]) => (kind === 'type' ? `type ${name}` : name)).join(', ');
  return `import { ${list} } from '../../ambient/${context}.js';\n`;
}

/** The names that a context exports. */
function exportsOf(context: string): Map<string, 'type' | 'value'> {
  const names = new Map<string, 'type' | 'value'>();
  for (const statement of parse(readFileSync(`test/docs/ambient/${context}.ts`, 'utf8')).statements) {
    if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)) {
      const all = statement.isTypeOnly;
      for (const { name, isTypeOnly } of statement.exportClause.elements) {
        names.set(name.text, all || isTypeOnly ? 'type' : 'value');
      }
    } else if (hasExport(statement)) {
      const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
      for (const name of declaredBy(statement)) names.set(name, isType ? 'type' : 'value');
    }
  }
  return names;
}

/** The names that a block imports or declares at its top: they are its own. */
function namesBoundIn(code: string): ReadonlySet<string> {
  return new Set(parse(code).statements.flatMap(declaredBy));
}

function declaredBy(statement: ts.Statement): string[] {
  if (ts.isImportDeclaration(statement)) {
    const bindings = statement.importClause?.namedBindings;
    return bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
  }
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => namesIn(name));
  const named =
    ts.isClassDeclaration(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return named && statement.name ? [statement.name.text] : [];
}

function namesIn(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesIn(element.name)));
}

function hasExport(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function parse(code: string): ts.SourceFile {
  return ts.createSourceFile('block.ts', code, ts.ScriptTarget.ES2022, true);
}
