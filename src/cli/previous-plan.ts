import { z } from 'zod';
import { DataError } from '../data/data-error.ts';
import type { ComparedPlan } from '../report/plan-difference.ts';
import type { CommandStreams } from './command.ts';
import { parseJsonInput } from './json-input.ts';
import { readInput } from './read-input.ts';

const planDocument = z.object({
  schema: z.literal('alvh/plan/1'),
  date: z.string(),
  policy: z.string(),
  decision: z.string(),
  rules: z.array(z.object({ id: z.string(), result: z.string() })),
  orders: z.array(z.object({ action: z.string(), structure: z.string(), quantity: z.number() })),
  layers: z.array(z.object({ name: z.string(), phase: z.string() })),
});

/** What two plans are compared by, of a plan's document; undefined when it is no plan. */
export function comparedPlan(document: unknown): ComparedPlan | undefined {
  const parsed = planDocument.safeParse(document);
  return parsed.success ? parsed.data : undefined;
}

/** The earlier plan in a file, or on standard input for `-`. DataError when it is no plan. */
export async function readPreviousPlan(
  operand: string,
  streams: Pick<CommandStreams, 'stdin'>,
): Promise<ComparedPlan> {
  const input = await readInput(operand, streams);
  const plan = comparedPlan(parseJsonInput(input));
  if (plan !== undefined) return plan;
  throw new DataError({
    code: 'bad-data',
    file: input.name,
    rule: '--previous must be a document of schema alvh/plan/1',
    value: 'another document',
    remedy: 'write one with `alvh plan --json`',
  });
}
