import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochDay } from '../time/epoch-day.ts';
import { portfolioGroups } from './portfolio-requirement.ts';
import type { RevaluedOption } from './portfolio-requirement.ts';
import { PORTFOLIO_RULES, portfolioRuleOn } from './portfolio-rule.ts';
import { addScanRow, createScanColumns, scannedRequirement } from './portfolio-scan.ts';

const columns = createScanColumns();

function scanned(
  options: readonly RevaluedOption[],
  rule: Parameters<typeof scannedRequirement>[2],
) {
  columns.count = 0;
  for (const leg of options) {
    const row = addScanRow(columns);
    columns.right[row] = leg.right;
    columns.strike[row] = leg.strike;
    columns.forward[row] = leg.forward;
    columns.totalVol[row] = leg.totalVol;
    columns.dollars[row] = leg.quantity * leg.multiplier * leg.discount;
    columns.size[row] = Math.abs(leg.quantity) * leg.multiplier;
  }
  return scannedRequirement(columns, options[0]?.group ?? 'broad-index', rule);
}

const GROUPS = ['broad-index', 'volatility'] as const;
const DAYS = [epochDay(2010, 1, 4), epochDay(2026, 1, 5)];

describe('the scan of columns', () => {
  it.each(Object.keys(PORTFOLIO_RULES) as (keyof typeof PORTFOLIO_RULES)[])(
    'is to the last bit what the groups of %s require',
    (house) => {
      const leg = fc.record({
        right: fc.integer({ min: 0, max: 1 }),
        strike: fc.integer({ min: 40, max: 160 }),
        totalVol: fc.double({ min: 0.01, max: 1, noNaN: true }),
        quantity: fc.integer({ min: -20, max: 20 }).filter((contracts) => contracts !== 0),
      });
      fc.assert(
        fc.property(
          fc.array(leg, { minLength: 1, maxLength: 90 }),
          fc.constantFrom(...GROUPS),
          fc.constantFrom(...DAYS),
          (legs, group, day) => {
            const rule = portfolioRuleOn(PORTFOLIO_RULES[house], day);
            const options = legs.map((each): RevaluedOption => ({
              ...each,
              group,
              underlying: 'X',
              forward: 101.5,
              discount: 0.99,
              multiplier: 100,
            }));
            const [whole] = portfolioGroups(options, [], rule);
            expect(scanned(options, rule)).toBe(whole?.requirement);
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  it('is not a number where a leg is not', () => {
    const rule = portfolioRuleOn(PORTFOLIO_RULES.ibkr, DAYS[1] ?? epochDay(2026, 1, 5));
    const unknown: RevaluedOption = {
      group: 'broad-index',
      underlying: 'SPX',
      right: 1,
      strike: 5000,
      forward: 5000,
      discount: 1,
      totalVol: Number.NaN,
      quantity: -1,
      multiplier: 100,
    };
    expect(scanned([unknown], rule)).toBeNaN();
  });
});
