import type { Command } from './command.ts';
import { CALENDAR } from './commands/calendar.ts';
import { COMPARE } from './commands/compare.ts';
import { PLAN } from './commands/plan.ts';
import { PRICE } from './commands/price.ts';
import { REPLICATE } from './commands/replicate.ts';
import { SIMULATE } from './commands/simulate.ts';
import { SURFACE } from './commands/surface.ts';

/** Every command of the program, in the order of the help text. */
export const COMMANDS: readonly Command[] = [
  COMPARE,
  SIMULATE,
  PLAN,
  REPLICATE,
  PRICE,
  CALENDAR,
  SURFACE,
];
