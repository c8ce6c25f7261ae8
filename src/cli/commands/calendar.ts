import { formatIsoDate } from '../../time/epoch-day.ts';
import { vxFinalSettlement } from '../../time/vx-expiry.ts';
import type { Command, CommandContext } from '../command.ts';
import { OK } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { requiredChoice, requiredInteger } from '../option-value.ts';
import { writeJson } from '../output.ts';

/** VX futures were listed on 2004-03-26; the rule is not known beyond the holidays announced. */
const YEARS = { min: 2004, max: 2035 } as const;

/** `alvh calendar`: when the monthly VX futures of a year settle. */
export const CALENDAR: Command = {
  name: 'calendar',
  summary: 'final settlement days of the monthly VX futures of a year',
  operands: [],
  options: [
    { name: 'product', kind: 'value', valueName: 'VX', summary: 'the product; VX' },
    {
      name: 'year',
      kind: 'value',
      valueName: 'YEAR',
      summary: `year of settlement, ${YEARS.min} to ${YEARS.max}`,
    },
  ],
  details: [
    'A VX future settles 30 days before the third Friday of the month after its own, a Wednesday; ' +
      'one session earlier when that day or that Friday is an exchange holiday.',
  ],
  examples: [
    'alvh calendar --product VX --year 2025',
    'alvh calendar --product VX --year 2025 --json',
  ],
  run: runCalendar,
};

async function runCalendar({ args, stdout }: CommandContext): Promise<ExitCode> {
  const product = requiredChoice(args, 'product', ['VX']);
  const year = requiredInteger(args, 'year', YEARS);
  const finalSettlements = Array.from({ length: 12 }, (_, month) =>
    formatIsoDate(vxFinalSettlement(year, month + 1)),
  );
  if (args.flags.has('json')) {
    await writeJson(stdout, { schema: 'alvh/calendar/1', product, year, finalSettlements });
  } else {
    await stdout.write(`${finalSettlements.join('\n')}\n`);
  }
  return OK;
}
