import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { OK } from './exit-code.ts';
import { requiredChoice, requiredDate, requiredInteger, requiredText } from './option-value.ts';

const command: Command = {
  name: 'sample',
  summary: 'a command for the tests',
  operands: [{ name: 'FILE', summary: 'a file, or - for standard input' }],
  options: [
    { name: 'from', kind: 'value', valueName: 'DATE', summary: 'first day' },
    { name: 'paths', kind: 'value', valueName: 'N', summary: 'number of paths' },
    { name: 'counterfactual', kind: 'flag', summary: 'a flag' },
  ],
  details: [],
  examples: [],
  run: () => Promise.resolve(OK),
};
const parse = (...argv: readonly string[]): ReturnType<typeof parseArguments> =>
  parseArguments(command, argv);

describe('parseArguments', () => {
  it('separates operands, values and flags in any order', () => {
    const args = parse('--paths=5', 'a.json', '--json', '--from', '2008-01-02');
    expect(args.operands).toEqual(['a.json']);
    expect([...args.values]).toEqual([
      ['paths', '5'],
      ['from', '2008-01-02'],
    ]);
    expect([...args.flags]).toEqual(['json']);
  });

  it('takes - as an operand and everything after -- too', () => {
    expect(parse('-').operands).toEqual(['-']);
    expect(parse('--', '--odd-name').operands).toEqual(['--odd-name']);
  });

  it('takes a negative number as a value', () => {
    expect(parse('-', '--paths', '-5').values.get('paths')).toBe('-5');
    expect(parse('-', '--from=-x').values.get('from')).toBe('-x');
  });

  it('waives operands when help is asked for', () => {
    expect(parse('--help').flags.has('help')).toBe(true);
    expect(parse('-h').flags.has('help')).toBe(true);
  });

  it.each([
    [['-', '--form', 'x'], 'unknown option --form. Did you mean --from?'],
    [['-', '--jsn'], 'unknown option --jsn. Did you mean --json?'],
    [['-', '--zebra'], 'unknown option --zebra.'],
    [['-', '-x'], 'unknown option -x.'],
    [['-', '--__proto__'], 'unknown option --__proto__.'],
    [['-', '--no-json'], 'unknown option --no-json.'],
    [['-', '--from', 'a', '--from', 'b'], '--from must be given once'],
    [['-', '--json', '--json'], '--json must be given once'],
    [['-', '--json=yes'], '--json takes no value, was --json=yes.'],
    [['-', '--from'], '--from must be followed by a value (DATE).'],
    [['-', '--from='], '--from must be followed by a value (DATE).'],
    [['-', '--from', '--json'], '--from must be followed by a value (DATE).'],
    [[], 'FILE is missing: a file, or - for standard input.'],
    [['a', 'b'], "unexpected argument 'b'."],
  ])('refuses %j', (argv, message) => {
    expect(() => parse(...argv)).toThrow(message);
  });
});

describe('option values', () => {
  const args = parse('-', '--from', '2024-02-29', '--paths', '2000');

  it('are read as what they must be', () => {
    expect(requiredText(args, 'from')).toBe('2024-02-29');
    expect(requiredDate(args, 'from')).toBe(19_782);
    expect(requiredInteger(args, 'paths', { min: 1, max: 5000 })).toBe(2000);
    expect(requiredChoice(args, 'paths', ['1000', '2000'])).toBe('2000');
  });

  it('are refused with the rule and the value', () => {
    const odd = parse('-', '--from', '2023-02-30', '--paths', '1e3');
    expect(() => requiredDate(odd, 'from')).toThrow(
      '--from must be a date YYYY-MM-DD, was 2023-02-30.',
    );
    expect(() => requiredInteger(odd, 'paths', { min: 1, max: 9 })).toThrow(
      '--paths must be a whole number from 1 to 9, was 1e3.',
    );
    expect(() => requiredInteger(args, 'paths', { min: 1, max: 9 })).toThrow('was 2000.');
    expect(() => requiredChoice(parse('-', '--from', 'vx'), 'from', ['VX', 'VXM'])).toThrow(
      '--from must be VX or VXM, was vx.',
    );
    expect(() => requiredText(parse('-'), 'from')).toThrow('--from is required.');
  });
});
