import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository. */
export const ROOT: string = fileURLToPath(new URL('../../', import.meta.url));

/** A text file of the repository; `path` is relative to it, with forward slashes. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** A folder of src/ as the compiler sees it. */
export interface Floor {
  readonly name: string;
  /** Floors its own tsconfig lists: the only ones it may import besides itself. */
  readonly references: readonly string[];
  /** Compiled without Node's types: no I/O, no clock, no package. */
  readonly isPure: boolean;
}

interface FloorConfig {
  readonly compilerOptions: { readonly types?: readonly string[] };
  readonly references: readonly { readonly path: string }[];
}

/** Every file below a folder whose name ends in one of the suffixes, sorted by path. */
export function filesBelow(folder: string, suffixes: readonly string[]): readonly TextFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => suffixes.some((suffix) => path.endsWith(suffix)))
    .sort()
    .map(readText);
}

/** The markdown pages at the top of the repository and below docs/. */
export function markdownPages(): readonly TextFile[] {
  const atTop = readdirSync(ROOT).filter((name) => name.endsWith('.md'));
  const hasDocs = readdirSync(ROOT).includes('docs');
  return [...atTop.sort().map(readText), ...(hasDocs ? filesBelow('docs', ['.md']) : [])];
}

/** One text file by its path in the repository. */
export function readText(path: string): TextFile {
  return { path, text: readFileSync(join(ROOT, path), 'utf8') };
}

/** The folders of src/, each with what its tsconfig says. */
export function floors(): readonly Floor[] {
  return sourceFolders().map((name) => {
    const config = JSON.parse(readText(`src/${name}/tsconfig.json`).text) as FloorConfig;
    return {
      name,
      references: config.references.map((reference) => reference.path.replace('../', '')),
      isPure: !(config.compilerOptions.types ?? []).includes('node'),
    };
  });
}

/** Names of the folders directly below src/. */
export function sourceFolders(): readonly string[] {
  return readdirSync(join(ROOT, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
