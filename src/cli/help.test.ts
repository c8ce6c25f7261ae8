import { describe, expect, it } from 'vitest';
import { COMMANDS } from './command-table.ts';
import { commandHelp, programHelp } from './help.ts';

describe('the help text', () => {
  it('lists each command once, with its summary', () => {
    const text = programHelp(COMMANDS, '1.0.0');
    for (const { name, summary } of COMMANDS) {
      expect(text.split('\n').filter((line) => line.startsWith(`  ${name} `))).toEqual([
        expect.stringContaining(summary),
      ]);
    }
    expect(new Set(COMMANDS.map((command) => command.name)).size).toBe(COMMANDS.length);
  });

  it('tells every option and operand of a command, within 100 columns', () => {
    for (const command of COMMANDS) {
      const text = commandHelp(command);
      for (const { name } of command.options) expect(text).toContain(`  --${name}`);
      for (const { name, summary } of command.operands)
        expect(text.replaceAll(/ {2,}/g, '  ')).toContain(`  ${name}  ${summary}`);
      for (const example of command.examples) expect(text).toContain(`  ${example}\n`);
      expect(text).toContain('  --json');
      expect(text.split('\n').filter((line) => line.length > 100)).toEqual([]);
    }
  });
});
