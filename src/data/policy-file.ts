import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isCollection, isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { z } from 'zod';
import { nearestName } from '../core/nearest-name.ts';
import type { Policy } from '../strategy/policy.ts';
import { DataError } from './data-error.ts';
import { policySchema, SELECTOR_KEYS } from './policy-schema.ts';

/** A parsed policy file: its text as data, and where each key stands in it. */
interface PolicySource {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The shipped policy that states every key. */
const REFERENCE = 'alvh-45';

/** Names of the shipped policies in a folder, sorted by code unit. */
export function policyNames(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => basename(name, '.yaml'))
    .sort();
}

/**
 * Loads a policy by shipped name or file path. `extends: NAME` takes the named policy as base and
 * overrides it key by key. A wrong key or value throws DataError with file, line, column and the
 * nearest valid name.
 */
export function loadPolicy(nameOrPath: string, folder: string): Policy {
  const chain = loadChain(locate(nameOrPath, folder, nameOrPath), folder, []);
  let merged: unknown = {};
  for (const source of chain) {
    const { extends: _, ...own } = source.data;
    merged = overrideKeys(merged, own);
  }
  const parsed = policySchema.safeParse(merged);
  if (parsed.success) return parsed.data;
  // The complete policy tells which keys there are; the asked file may lack them all.
  const reference = read(join(folder, `${REFERENCE}.yaml`));
  throw explain(parsed.error, chain, reference);
}

function locate(nameOrPath: string, folder: string, asked: string): string {
  const shipped = join(folder, `${nameOrPath}.yaml`);
  if (!nameOrPath.includes('/') && existsSync(shipped)) return shipped;
  const isFile = existsSync(nameOrPath) && statSync(nameOrPath).isFile();
  if (isFile && /\.ya?ml$|\.json$/.test(nameOrPath)) return nameOrPath;
  const names = policyNames(folder);
  const near = nearestName(asked, names);
  const hint = near === undefined ? '' : `did you mean '${near}'? `;
  throw new DataError({
    code: 'not-found',
    file: nameOrPath,
    rule: 'policy must be a shipped name or an existing .yaml file',
    value: `'${asked}'`,
    remedy: `${hint}shipped: ${names.join(', ')}`,
  });
}

/** The base first, the asked file last. */
function loadChain(file: string, folder: string, seen: readonly string[]): PolicySource[] {
  const source = read(file);
  const base = source.data['extends'];
  if (base === undefined) return [source];
  if (typeof base !== 'string' || seen.includes(file)) {
    throw at(source, ['extends'], {
      rule: 'extends must name another policy, without a circle',
      value: JSON.stringify(base),
      remedy: 'name a shipped policy or a file',
    });
  }
  return [...loadChain(locate(base, folder, base), folder, [...seen, file]), source];
}

function read(file: string): PolicySource {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new DataError({
      code: 'bad-data',
      file,
      line,
      column: col,
      rule: 'policy must be YAML',
      value: error.code,
      remedy: syntaxRemedy(error.message),
    });
  }
  const data: unknown = document.toJS();
  if (!isRecord(data)) {
    throw new DataError({
      code: 'bad-data',
      file,
      line: 1,
      column: 1,
      rule: 'policy must be a map of keys',
      value: typeName(data),
      remedy: 'copy a shipped policy and change it',
    });
  }
  return { file, document, lines, data };
}

/** The parser's own words without its place, which stands in front already. */
function syntaxRemedy(message: string): string {
  return (message.split('\n')[0] ?? 'mend the syntax').replace(/ at line \d+, column \d+:?$/, '');
}

function typeName(data: unknown): string {
  if (data === null || data === undefined) return 'empty';
  return Array.isArray(data) ? 'a list' : typeof data;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Maps merge key by key; a map with another `selector` replaces the base whole. */
export function overrideKeys(base: unknown, own: unknown): unknown {
  if (!isRecord(base) || !isRecord(own)) return own;
  if (own['selector'] !== undefined && own['selector'] !== base['selector']) return own;
  const out: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(own)) out[key] = overrideKeys(base[key], value);
  return out;
}

function explain(
  error: z.ZodError,
  chain: readonly PolicySource[],
  reference: PolicySource,
): DataError {
  // A mistyped key shows twice, as unknown and as missing: the unknown one names the place.
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0];
  const path = (issue?.path ?? []).map(String);
  if (issue?.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const known = (selectorKeys(chain, path) ?? knownKeys([reference, ...chain], path)).filter(
      (name) => !issue.keys.includes(name),
    );
    const near = nearestName(key, known);
    return at(owner(chain, [...path, key]), [...path, key], {
      rule: `key must be one of ${known.join(', ')}`,
      value: `'${key}'`,
      remedy: near === undefined ? 'remove it' : `did you mean '${near}'?`,
    });
  }
  const source = owner(chain, path);
  const value: unknown = source.document.getIn(path);
  const near =
    typeof value === 'string' ? nearestName(value, quotedNames(issue?.message ?? '')) : undefined;
  return at(source, path, {
    rule: `${path.join('.')}: ${issue?.message ?? 'invalid'}`,
    value: value === undefined ? 'missing' : shown(value),
    remedy: near === undefined ? remedyFor(path, value) : `did you mean '${near}'?`,
  });
}

function remedyFor(path: readonly string[], value: unknown): string {
  const key = path.at(-1);
  return value === undefined && key !== undefined
    ? `add the key ${key}`
    : 'see the shipped policy alvh-45';
}

/** Keys of a map whose `selector` decides them; undefined for any other map. */
function selectorKeys(
  chain: readonly PolicySource[],
  path: readonly string[],
): readonly string[] | undefined {
  const selector: unknown = owner(chain, [...path, 'selector']).document.getIn([
    ...path,
    'selector',
  ]);
  return SELECTOR_KEYS[path.join('.')]?.[String(selector)];
}

function shown(value: unknown): string {
  return isNode(value) ? 'a map' : JSON.stringify(value);
}

/** The names a validation message offers, in its quotes. */
function quotedNames(message: string): readonly string[] {
  return [...message.matchAll(/['"]([^'"]+)['"]/g)].map((match) => match[1] ?? '');
}

/** The last file of the chain that sets the path, else the asked file. */
function owner(chain: readonly PolicySource[], path: readonly string[]): PolicySource {
  for (const source of chain.toReversed()) {
    if (source.document.hasIn(path)) return source;
  }
  const last = chain.at(-1);
  if (last === undefined) throw new Error('Invariant: a policy has a file');
  return last;
}

function knownKeys(chain: readonly PolicySource[], path: readonly string[]): readonly string[] {
  const keys = new Set<string>();
  for (const source of chain) {
    let value: unknown = source.data;
    for (const part of path) value = isRecord(value) ? value[part] : undefined;
    if (isRecord(value)) for (const key of Object.keys(value)) keys.add(key);
  }
  keys.delete('extends');
  return [...keys];
}

function at(
  source: PolicySource,
  path: readonly string[],
  text: { readonly rule: string; readonly value: string; readonly remedy: string },
): DataError {
  const offset = keyOffset(source.document, path);
  const { line, col } = source.lines.linePos(offset);
  return new DataError({ code: 'bad-data', file: source.file, line, column: col, ...text });
}

/** Offset of the key at a path, or of the nearest map around it that the file has. */
function keyOffset(document: Document, path: readonly string[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1));
    if (!isCollection(parent) || !isMap(parent)) continue;
    for (const pair of parent.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      if (String(pair.key.value) === path[length - 1]) return pair.key.range?.[0] ?? 0;
    }
  }
  return 0;
}
