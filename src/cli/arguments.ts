import { parseArgs } from 'node:util';
import { nearestName } from '../core/nearest-name.ts';
import { COMMON_OPTIONS } from './command.ts';
import type { Command, OptionSpec } from './command.ts';
import { suggestion, UsageError } from './usage-error.ts';

/** The arguments of one command, checked against its table. */
export interface ParsedArguments {
  readonly operands: readonly string[];
  /** Value options given, by name. */
  readonly values: ReadonlyMap<string, string>;
  /** Flags given. */
  readonly flags: ReadonlySet<string>;
}

type ParseTokens = NonNullable<ReturnType<typeof parseArgs>['tokens']>;
type OptionToken = Extract<ParseTokens[number], { kind: 'option' }>;

/**
 * Operands, values and flags of a command line.
 *
 * Errors: UsageError on an unknown option (with the nearest name), a missing or superfluous value,
 * an option given twice, and a wrong number of operands; `--help` waives the operands.
 */
export function parseArguments(command: Command, argv: readonly string[]): ParsedArguments {
  const specs = [...command.options, ...COMMON_OPTIONS];
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      specs.map((spec) => [
        spec.name,
        {
          type: spec.kind === 'flag' ? ('boolean' as const) : ('string' as const),
          ...(spec.name === 'help' ? { short: 'h' } : {}),
        },
      ]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const operands: string[] = [];
  const values = new Map<string, string>();
  const flags = new Set<string>();
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind === 'option') takeOption(token, specs, { values, flags });
  }
  if (!flags.has('help')) checkOperands(command, operands);
  return { operands, values, flags };
}

function takeOption(
  token: OptionToken,
  specs: readonly OptionSpec[],
  taken: { readonly values: Map<string, string>; readonly flags: Set<string> },
): void {
  const spec = specs.find((each) => each.name === token.name);
  if (spec === undefined) {
    const nearest = nearestName(
      token.name,
      specs.map((each) => each.name),
    );
    const meant = nearest === undefined ? undefined : `--${nearest}`;
    throw new UsageError(`unknown option ${token.rawName}.${suggestion(meant)}`);
  }
  const option = `--${spec.name}`;
  if (taken.flags.has(spec.name) || taken.values.has(spec.name)) {
    throw new UsageError(`${option} must be given once, was repeated. Remove one of them.`);
  }
  if (spec.kind === 'flag') {
    if (token.value !== undefined) {
      throw new UsageError(`${option} takes no value, was ${option}=${token.value}.`);
    }
    taken.flags.add(spec.name);
    return;
  }
  const missing = token.value === undefined || token.value === '';
  // `--from --to D` forgot a value; one that really starts with a dash is written --from=-x.
  if (missing || (!token.inlineValue && /^-[^\d.]/.test(token.value))) {
    throw new UsageError(`${option} must be followed by a value (${spec.valueName ?? 'VALUE'}).`);
  }
  taken.values.set(spec.name, token.value);
}

function checkOperands(command: Command, operands: readonly string[]): void {
  const missing = command.operands[operands.length];
  if (missing !== undefined && missing.repeats !== true) {
    throw new UsageError(`${missing.name} is missing: ${missing.summary}.`);
  }
  if (command.operands.at(-1)?.repeats === true) return;
  const surplus = operands[command.operands.length];
  if (surplus !== undefined) throw new UsageError(`unexpected argument '${surplus}'.`);
}
