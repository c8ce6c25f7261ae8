import { parseSync, Visitor } from 'vite';
import type { TextFile } from './source-tree.ts';

/** What the house rules need to know of one module. */
export interface ModuleScan {
  /** Specifiers of static, dynamic and type imports and of re-exports; '(computed)' if not a literal. */
  readonly imports: readonly string[];
  /** Exported declarations without a doc comment directly above, as `line: name`. */
  readonly undocumented: readonly string[];
  readonly hasDefaultExport: boolean;
  /** Lines that hold code: neither blank nor comment only. */
  readonly codeLines: number;
}

type Parsed = ReturnType<typeof parseSync>;
type Statement = Parsed['program']['body'][number];

/** Scans one TypeScript module; a module that does not parse throws. */
export function scanModule({ path, text }: TextFile): ModuleScan {
  const parsed = parseSync(path, text);
  const failure = parsed.errors[0];
  if (failure !== undefined) throw new Error(`${path} must parse, was: ${failure.message}`);
  return {
    imports: [...staticSpecifiers(parsed), ...dynamicSpecifiers(parsed, text)],
    undocumented: undocumentedExports(parsed, text),
    hasDefaultExport: parsed.program.body.some((node) => node.type === 'ExportDefaultDeclaration'),
    codeLines: codeLines(parsed, text),
  };
}

function staticSpecifiers(parsed: Parsed): readonly string[] {
  const exports = parsed.module.staticExports.flatMap((statement) =>
    statement.entries.flatMap((entry) => entry.moduleRequest?.value ?? []),
  );
  return [...parsed.module.staticImports.map((each) => each.moduleRequest.value), ...exports];
}

function dynamicSpecifiers(parsed: Parsed, text: string): readonly string[] {
  const found = parsed.module.dynamicImports.map(({ moduleRequest }) =>
    literal(text.slice(moduleRequest.start, moduleRequest.end)),
  );
  new Visitor({
    TSImportType(node) {
      found.push(literal(text.slice(node.source.start, node.source.end)));
    },
  }).visit(parsed.program);
  return found;
}

function literal(source: string): string {
  return /^(['"])(?<specifier>[^'"]*)\1$/.exec(source)?.groups?.['specifier'] ?? '(computed)';
}

function undocumentedExports(parsed: Parsed, text: string): readonly string[] {
  const docEnds = parsed.comments
    .filter((comment) => comment.type === 'Block' && comment.value.startsWith('*'))
    .map((comment) => comment.end);
  // A line for the linter may stand between the comment and the declaration.
  const isDocumented = (start: number): boolean =>
    docEnds.some((end) => end <= start && withoutLineComments(text.slice(end, start)) === '');
  // Only the first of a row of overloads carries the comment.
  const seen = new Set<string>();
  return parsed.program.body.flatMap((node) => {
    const name = exportedName(node);
    if (name === undefined || seen.has(name)) return [];
    seen.add(name);
    if (isDocumented(node.start)) return [];
    return [`${text.slice(0, node.start).split('\n').length}: ${name}`];
  });
}

function withoutLineComments(text: string): string {
  return text.replaceAll(/\/\/.*$/gm, '').trim();
}

/** Name of the declaration a statement exports; a bare list of names (a barrel) has none. */
function exportedName(node: Statement): string | undefined {
  if (node.type === 'ExportDefaultDeclaration') return 'default';
  if (node.type !== 'ExportNamedDeclaration' || node.declaration === null) return undefined;
  const { declaration } = node;
  if (declaration.type === 'VariableDeclaration') {
    const id = declaration.declarations[0]?.id;
    return id?.type === 'Identifier' ? id.name : '(pattern)';
  }
  if (!('id' in declaration)) return '(anonymous)';
  return declaration.id?.type === 'Identifier' ? declaration.id.name : '(anonymous)';
}

function codeLines(parsed: Parsed, text: string): number {
  const characters = text.split('');
  for (const { start, end } of parsed.comments) {
    for (let at = start; at < end; at += 1) if (characters[at] !== '\n') characters[at] = ' ';
  }
  return characters
    .join('')
    .split('\n')
    .filter((line) => line.trim() !== '').length;
}
