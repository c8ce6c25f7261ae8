import type { Command } from './command.ts';
import { ABLATE } from './commands/ablate.ts';
import { CALENDAR } from './commands/calendar.ts';
import { CERTIFY } from './commands/certify.ts';
import { CHAINS } from './commands/chains.ts';
import { CLAIMS_LEDGER } from './commands/claims.ts';
import { COMPARE } from './commands/compare.ts';
import { DATA } from './commands/data.ts';
import { EVIDENCE } from './commands/evidence.ts';
import { IMPLIED_VOL } from './commands/implied-vol.ts';
import { LOOKAHEAD } from './commands/lookahead.ts';
import { MARGIN } from './commands/margin.ts';
import { PARITY } from './commands/parity.ts';
import { PLAN } from './commands/plan.ts';
import { PRICE } from './commands/price.ts';
import { REPLICATE } from './commands/replicate.ts';
import { RULES } from './commands/rules.ts';
import { RARE } from './commands/rare.ts';
import { REPLAY_COMMAND } from './commands/replay.ts';
import { RUNS } from './commands/runs.ts';
import { SIMULATE } from './commands/simulate.ts';
import { SURFACE } from './commands/surface.ts';
import { SWEEP } from './commands/sweep.ts';
import { VERIFY_CERTIFICATE } from './commands/verify-certificate.ts';
import { VIX_INDEX } from './commands/vix-index.ts';
import { WORKER_COMMAND } from './commands/worker.ts';

/** Every command of the program, in the order of the help text. */
export const COMMANDS: readonly Command[] = [
  COMPARE,
  SIMULATE,
  RARE,
  SWEEP,
  WORKER_COMMAND,
  RUNS,
  REPLAY_COMMAND,
  PLAN,
  RULES,
  ABLATE,
  CLAIMS_LEDGER,
  EVIDENCE,
  MARGIN,
  CERTIFY,
  VERIFY_CERTIFICATE,
  REPLICATE,
  LOOKAHEAD,
  PRICE,
  IMPLIED_VOL,
  VIX_INDEX,
  CALENDAR,
  SURFACE,
  PARITY,
  CHAINS,
  DATA,
];
