import { verifyCertificate } from '../../evaluation/verify-certificate.ts';
import type { Command, CommandContext } from '../command.ts';
import { FINDINGS, OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { parseJsonInput } from '../json-input.ts';
import { writeJson } from '../output.ts';
import { readInput } from '../read-input.ts';

/** `alvh verify-certificate`: checks a certificate from its own numbers. */
export const VERIFY_CERTIFICATE: Command = {
  name: 'verify-certificate',
  summary: 'check a certificate with code that shares nothing with the certifier',
  operands: [{ name: 'FILE', summary: 'a certificate in JSON, or - for standard input' }],
  options: [],
  details: ['A bound larger than necessary is sound and passes. Exit code 6 when any check fails.'],
  examples: ['alvh certify --policy unhedged --json | alvh verify-certificate -'],
  run: runVerify,
};

async function runVerify(context: CommandContext): Promise<ExitCode> {
  const { args, stdout } = context;
  const input = await readInput(args.operands[0] ?? '-', context);
  const checks = verifyCertificate(parseJsonInput(input));
  const valid = checks.every(({ ok }) => ok);
  if (args.flags.has('json')) {
    await writeJson(stdout, { schema: 'alvh/verify-certificate/1', valid, checks });
  } else {
    const lines = checks.map(
      ({ name, ok, detail }) => `${ok ? 'ok  ' : 'FAIL'}  ${name}: ${detail}`,
    );
    await stdout.write(`${valid ? 'VALID' : 'NOT VALID'}\n${lines.join('\n')}\n`);
  }
  return valid ? OK : FINDINGS;
}
