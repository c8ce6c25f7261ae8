import { MARKET_FILES } from '../data/market-files.ts';
import type { MarketFile } from '../data/market-files.ts';
import {
  RELEASE_RULES,
  releaseSentence,
  VINTAGE_RULES,
  vintageSentence,
} from '../data/release-rules.ts';
import type { SlowFile, VintageFile } from '../data/release-rules.ts';
import { wrapText } from '../report/text-table.ts';
import { GOLDEN_DAYS } from '../strategy/golden-days.ts';
import { METHOD_DETAILS } from '../strategy/method-details.ts';
import type { MethodInput } from '../strategy/method-details.ts';
import { METHOD_TABLE } from '../strategy/method-table.ts';
import type { Concept } from '../strategy/method-table.ts';
import type { Policy } from '../strategy/policy.ts';
import { SLOW_FILES, VINTAGE_FILES } from './slow-inputs.ts';

/** An input of a concept: where it is read and when it is known. */
export interface PageInput {
  readonly name: string;
  readonly unit: string;
  /** Files, or what else it comes from. */
  readonly from: string;
  /** When a value is known and how old it may be. */
  readonly known: string;
}

/** All there is to say about a concept; what `rules --explain` prints and its page holds. */
export interface MethodPage extends Concept {
  readonly title: string;
  readonly equation: readonly string[];
  readonly units: string;
  readonly inputs: readonly PageInput[];
  readonly reading: string;
  /** Every key below `config` with its value in the method's own policy. */
  readonly defaults: readonly { readonly key: string; readonly value: unknown }[];
  readonly goldenDays: readonly { readonly part: string; readonly day: string | null }[];
  readonly code: readonly string[];
}

/** The page of a concept; `policy` is alvh-45, whose values are the defaults. */
export function methodPage(concept: Concept, policy: Policy): MethodPage {
  const details = METHOD_DETAILS[concept.concept];
  const { title, equation, units, reading, code } = details;
  return {
    ...concept,
    title,
    equation,
    units,
    inputs: details.inputs.flatMap(pageInputs),
    reading,
    defaults: concept.config.flatMap((key) => leavesAt(policy, key)),
    goldenDays: (details.goldenParts ?? []).map((part) => ({
      part,
      day: GOLDEN_DAYS[part] ?? null,
    })),
    code,
  };
}

function pageInputs({ name, unit, series, from }: MethodInput): readonly PageInput[] {
  if (series === undefined) return [{ name, unit, from: from ?? '', known: 'at the close' }];
  return series.map((each) => ({ name, unit, ...origin(each) }));
}

/** File of a series and when its values are known. */
function origin(series: string): Pick<PageInput, 'from' | 'known'> {
  if (isMarketFile(series)) {
    return {
      from: MARKET_FILES[series].file,
      known: releaseSentence(RELEASE_RULES[series]),
    };
  }
  if (isSlowFile(series)) {
    return { from: SLOW_FILES[series].file, known: releaseSentence(RELEASE_RULES[series]) };
  }
  if (!isVintageFile(series)) throw new Error(`Invariant: ${series} is a series of the product`);
  return { from: VINTAGE_FILES[series].file, known: vintageSentence(VINTAGE_RULES[series]) };
}

function isMarketFile(name: string): name is MarketFile {
  return name in MARKET_FILES;
}

function isVintageFile(name: string): name is VintageFile {
  return name in VINTAGE_FILES;
}

function isSlowFile(name: string): name is SlowFile {
  return name in SLOW_FILES;
}

/** Every scalar below a path of a policy, with its own path. */
function leavesAt(policy: Policy, key: string): MethodPage['defaults'] {
  let value: unknown = policy;
  for (const part of key.split('.')) value = isRecord(value) ? value[part] : undefined;
  const below = (path: string, at: unknown): MethodPage['defaults'] =>
    isRecord(at)
      ? Object.entries(at).flatMap(([name, each]) => below(`${path}.${name}`, each))
      : [{ key: path, value: at }];
  return below(key, value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const WIDTH = 100;
/** Where the text of a line starts on a terminal. */
const INDENT = 11;
const paragraph = (text: string): string => wrapText(text, WIDTH);

/** The page as text for a terminal. */
export function methodPageText(page: MethodPage): string {
  const { concept, role, title, rule, equation, units, inputs, goldenDays, code } = page;
  const line = (name: string, text: string): string =>
    wrapText(text, WIDTH - INDENT)
      .split('\n')
      .map((each, i) => `  ${(i === 0 ? name : '').padEnd(INDENT - 2)}${each}`)
      .join('\n');
  return `${[
    `${concept} (${role}): ${title}`,
    line('rule', rule),
    ...equation.map((each, i) => line(i === 0 ? 'equation' : '', each)),
    line('units', units),
    ...inputs.map(({ name, unit, from, known }, i) =>
      line(i === 0 ? 'inputs' : '', `${name} (${unit}): ${from}, ${known}`),
    ),
    line('reading', page.reading),
    line('limits', page.limits),
    ...configLines(page).map((each, i) => line(i === 0 ? 'config' : '', each)),
    ...goldenDays.map(({ part, day }, i) =>
      line(i === 0 ? 'golden' : '', `${day ?? 'never acted'}: ${part}`),
    ),
    line('source', page.source),
    line('code', code.join(', ')),
  ].join('\n')}\n`;
}

function configLines({ defaults }: MethodPage): readonly string[] {
  if (defaults.length === 0) return ['none'];
  return defaults.map(({ key, value }) => `${key}: ${valueText(value)}`);
}

function valueText(value: unknown): string {
  return JSON.stringify(value) ?? 'not in this policy';
}

/** The page as Markdown. */
export function methodPageMarkdown(page: MethodPage): string {
  const { concept, role, title, inputs, defaults, goldenDays, code } = page;
  const parts = [
    `# ${title}`,
    paragraph(`\`${concept}\`, ${ROLE_WORDS[role]}. ${page.rule}`),
    `\`\`\`\n${page.equation.join('\n')}\n\`\`\``,
    paragraph(`Units: ${page.units}.`),
    '## Inputs',
    inputs.length === 0
      ? 'None is read.'
      : table(
          ['input', 'unit', 'from', 'known'],
          inputs.map(({ name, unit, from, known }) => [name, unit, from, known]),
        ),
    '## Reading it',
    paragraph(page.reading),
    '## Limits',
    paragraph(page.limits),
    '## Configuration',
    defaults.length === 0
      ? 'No key of a policy changes it.'
      : table(
          ['key', 'alvh-45'],
          defaults.map(({ key, value }) => [`\`${key}\``, `\`${valueText(value)}\``]),
        ),
    ...(goldenDays.length === 0
      ? []
      : [
          '## Golden day',
          table(
            ['part', 'first close it changed, 1990 to 2024'],
            goldenDays.map(({ part, day }) => [part, day ?? 'none: it never acted']),
          ),
        ]),
    '## Source',
    paragraph(
      `${page.source}. Code: ${code.map((file) => `[${file}](../../${file})`).join(', ')}.`,
    ),
    '## See it',
    `\`\`\`\nalvh rules --explain ${concept}\nalvh rules --data DIR --date DATE\n\`\`\``,
  ];
  return `${parts.join('\n\n')}\n`;
}

const ROLE_WORDS: Readonly<Record<Concept['role'], string>> = {
  orders: 'can place an order',
  guards: 'can only reduce risk',
  measures: 'shown with weight 0',
};

/** The index of all pages as Markdown. */
export function methodIndexMarkdown(pages: readonly MethodPage[]): string {
  const rows = pages.map(({ concept, title, role }) => [
    `[${title}](${concept}.md)`,
    `\`${concept}\``,
    ROLE_WORDS[role],
  ]);
  return `${[
    '# The method, a page each',
    paragraph(
      'Every concept of the method as a rule: equation, units, inputs with the day they are known, ' +
        'source, limits, configuration and code. R-nn are numbers of the method’s rules, as reasons ' +
        'and refusals cite them.',
    ),
    'Written from the tables that `alvh rules --explain NAME` prints; a test holds them together:',
    '```\nnpm run -s alvh -- rules --pages docs/method\n```',
    table(['page', 'name', 'what it may do'], rows),
  ].join('\n\n')}\n`;
}

/** Every page of the method, in the order of the table. */
export function methodPages(policy: Policy): readonly MethodPage[] {
  return METHOD_TABLE.map((concept) => methodPage(concept, policy));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}
