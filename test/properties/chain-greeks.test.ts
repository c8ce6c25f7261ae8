import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillBlack76Greeks } from '../../src/kernels/bsm-greeks.ts';
import { chainGreeks } from '../../src/pricing/chain-greeks.ts';
import { wasmChainGreeks } from '../../src/run/wasm-chain-greeks.ts';

const FILLED = ['price', 'delta', 'gamma', 'vega', 'theta'] as const;
const ROWS = 64;

type Market = readonly [forward: number, discountFactor: number, yearFraction: number];

/** The size against which rounding of each greek is judged; all grow with the forward. */
function scales([forward, discountFactor, years]: Market, vol: number): readonly number[] {
  const rootYears = Math.sqrt(years);
  const totalVol = Math.max(1e-9, vol * rootYears);
  const perYear = 1 + vol / rootYears + Math.abs(Math.log(discountFactor)) / years;
  return [forward, 1, 1 / (forward * totalVol), forward * rootYears, forward * perYear];
}

const finite = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true });

describe.each([
  ['TypeScript', () => chainGreeks(ROWS)],
  ['WebAssembly', () => wasmChainGreeks(ROWS)],
] as const)('chain greeks in %s', (_language, make) => {
  const kernel = make();
  const { columns } = kernel;
  const reference = new Float64Array(16);

  function expectAgreement(from: number, to: number, market: Market): void {
    const [forward, discountFactor, years] = market;
    kernel.fill(from, to, { forward, discountFactor, yearFraction: years });
    for (let row = from; row < to; row += 1) {
      const vol = columns.vol[row] ?? Number.NaN;
      const strike = columns.strike[row] ?? Number.NaN;
      fillBlack76Greeks(
        columns.right[row] ?? 0,
        forward,
        strike,
        discountFactor,
        vol,
        years,
        reference,
      );
      const scale = scales(market, vol);
      const off = FILLED.map(
        (name, i) =>
          Math.abs((columns[name][row] ?? Number.NaN) - (reference[i] ?? Number.NaN)) /
          (scale[i] ?? 0),
      );
      expect(Math.max(...off), JSON.stringify({ row, market, vol, strike, off })).toBeLessThan(
        1e-11,
      );
    }
  }

  it('agree with the reference over a wide domain, to 1e-11 of the forward', () => {
    fc.assert(
      fc.property(
        fc.record({
          forward: finite(0.01, 50_000),
          discountFactor: finite(0.5, 1.05),
          logYears: finite(Math.log(1e-5), Math.log(10)),
          rows: fc.array(fc.tuple(finite(-3, 3), finite(-7, 1.1), fc.boolean()), {
            minLength: 1,
            maxLength: ROWS,
          }),
        }),
        ({ forward, discountFactor, logYears, rows }) => {
          rows.forEach(([logStrike, logVol, isCall], row) => {
            columns.strike[row] = forward * Math.exp(logStrike);
            columns.vol[row] = Math.exp(logVol);
            columns.right[row] = isCall ? 0 : 1;
          });
          expectAgreement(0, rows.length, [forward, discountFactor, Math.exp(logYears)]);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("keep the reference's edges: no volatility, at, in and out of the money", () => {
    columns.strike.set([4990, 5000, 5010, 4990, 5000, 5010, 5000]);
    columns.vol.set([0, 0, 0, 1e-12, 1e-12, 1e-12, 0]);
    columns.right.set([0, 0, 0, 1, 1, 1, 0]);
    for (const rows of [1, 2, 7]) expectAgreement(0, rows, [5000, 0.97, 0.5]);
    expect(columns.price[1]).toBe(0);
    expect(columns.delta[1]).toBeCloseTo(0.485, 12);
  });

  it('fill what is asked and nothing else, wherever it starts and however many', () => {
    columns.vol.fill(0.2);
    columns.strike.fill(5100);
    for (const [from, to] of [
      [0, 1],
      [3, 4],
      [5, 8],
      [63, 64],
      [0, 64],
      [9, 9],
    ] as const) {
      for (const name of FILLED) columns[name].fill(-7);
      expectAgreement(from, to, [5000, 0.98, 0.25]);
      for (const name of FILLED) {
        expect(columns[name].findIndex((value) => value !== -7)).toBe(to > from ? from : -1);
        expect(columns[name].filter((value) => value !== -7)).toHaveLength(to - from);
      }
    }
  });

  it('let NaN through, each row for itself', () => {
    columns.strike.set([5000, Number.NaN, 5000, 5000]);
    columns.vol.set([0.2, 0.2, Number.NaN, 0.2]);
    kernel.fill(0, 4, { forward: 5000, discountFactor: 0.98, yearFraction: 0.25 });
    for (const name of FILLED) {
      expect(Array.from(columns[name].subarray(0, 4), Number.isNaN)).toEqual([
        false,
        true,
        true,
        false,
      ]);
    }
  });
});
