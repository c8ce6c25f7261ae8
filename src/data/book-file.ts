import { z } from 'zod';
import { AM, CALL, CONTRACT_KINDS, NO_RIGHT, PM, PUT } from '../contracts/contract-kind.ts';
import type { ContractKind } from '../contracts/contract-kind.ts';
import type { Leg } from '../contracts/leg-columns.ts';
import { parseIsoDate } from '../time/epoch-day.ts';

/** An account's positions as its owner wrote them down. */
export interface BookFile {
  /** Cash, dollars; undefined = given elsewhere. */
  readonly cash: number | undefined;
  readonly yearStartEquity: number | undefined;
  readonly spent: Readonly<Partial<Record<'near' | 'medium' | 'long', number>>>;
  readonly legs: readonly Leg[];
}

/** What is wrong with a book, and where in the document. */
export interface BookFault {
  readonly path: readonly (string | number)[];
  readonly rule: string;
}

const KINDS: readonly [ContractKind, ...ContractKind[]] = [
  'spx-option',
  'xsp-option',
  'vix-option',
  'vx-future',
  'vxm-future',
];

const isoDate = z.string().refine((text) => parseIsoDate(text).ok, {
  message: 'must be a date that exists, YYYY-MM-DD',
});

const position = z
  .strictObject({
    kind: z.enum(KINDS),
    right: z.enum(['call', 'put']).exactOptional(),
    strike: z.number().positive().exactOptional(),
    expiry: z.strictObject({ date: isoDate, settlement: z.enum(['AM', 'PM']) }),
    quantity: z
      .number()
      .int()
      .refine((value) => value !== 0, { message: 'must be a whole number, not 0' }),
    price: z.number().min(0),
  })
  .superRefine((leg, context) => {
    const isOption = leg.kind.endsWith('-option');
    const need = (key: 'right' | 'strike', wanted: boolean): void => {
      if ((leg[key] !== undefined) === wanted) return;
      const message = wanted ? `a ${leg.kind} needs ${key}` : `a ${leg.kind} has no ${key}`;
      context.addIssue({ code: 'custom', path: [key], message });
    };
    need('right', isOption);
    need('strike', isOption);
  });

const dollars = z.number();
const spent = z.number().min(0).exactOptional();

const bookSchema = z.strictObject({
  cash: dollars.exactOptional(),
  yearStartEquity: dollars.positive().exactOptional(),
  spent: z.strictObject({ near: spent, medium: spent, long: spent }).exactOptional(),
  positions: z.array(position),
});

/** A book from a parsed JSON document, or its first fault. */
export function parseBook(document: unknown): BookFile | BookFault {
  const parsed = bookSchema.safeParse(document);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = (issue?.path ?? []).filter((key) => typeof key !== 'symbol');
    return { path, rule: issue?.message ?? 'is not a book' };
  }
  const { cash, yearStartEquity, positions } = parsed.data;
  const legs = positions.map((leg): Leg => {
    const date = parseIsoDate(leg.expiry.date);
    return {
      kind: CONTRACT_KINDS.indexOf(leg.kind),
      right: leg.right === undefined ? NO_RIGHT : leg.right === 'call' ? CALL : PUT,
      strike: leg.strike ?? 0,
      expiry: date.ok ? date.value : Number.NaN,
      settlement: leg.expiry.settlement === 'PM' ? PM : AM,
      quantity: leg.quantity,
      price: leg.price,
    };
  });
  return { cash, yearStartEquity, spent: parsed.data.spent ?? {}, legs };
}

/** True when parsing gave a fault instead of a book. */
export function isBookFault(result: BookFile | BookFault): result is BookFault {
  return 'rule' in result;
}
