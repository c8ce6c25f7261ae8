import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MARGIN } from '../../src/cli/commands/margin.ts';
import { DataError } from '../../src/data/data-error.ts';
import { MARGIN_VECTORS } from '../../src/margin/margin-vectors.fixture.ts';

async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  await Promise.resolve();
  yield new TextEncoder().encode(text);
}

/** What the command prints for a request on standard input. */
async function run(
  request: object,
  flags: readonly string[],
  values: ReadonlyMap<string, string> = new Map(),
): Promise<string> {
  let out = '';
  const sink = {
    write: (text: string): Promise<void> => {
      out += text;
      return Promise.resolve();
    },
  };
  const args = { operands: ['-'], values, flags: new Set(flags) };
  const stdin = bytesOf(JSON.stringify(request));
  expect(await MARGIN.run({ args, stdin, stdout: sink, stderr: sink })).toBe(0);
  return out;
}

async function withRules<T>(text: string, use: (file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'alvh-margin-'));
  const file = join(folder, 'house.yaml');
  writeFileSync(file, text);
  try {
    return await use(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const EXPIRY = { date: '2024-07-19', settlement: 'PM' };

/** Legs of a vector on a fund whose rule is user-supplied with the vector's shares. */
function positionsOf(legs: string): readonly object[] {
  return [...legs.matchAll(/([+-]\d+) ([\d.]+)([CP])@([\d.]+)/g)].map(
    ([, quantity, strike, right, price]) => ({
      kind: 'equity-option',
      underlying: 'XYZ',
      right: right === 'C' ? 'call' : 'put',
      strike: Number(strike),
      expiry: EXPIRY,
      quantity: Number(quantity),
      price: Number(price),
    }),
  );
}

function requestOf(positions: readonly object[], spot: number): object {
  // Where the printed example has no level its spread does not depend on it: any high one will do.
  const level = Number.isNaN(spot) ? 10_000 : spot;
  return {
    regime: 'reg-t',
    broker: 'exchange',
    date: '2024-06-03',
    spot: { XYZ: level },
    positions,
  };
}

describe('published examples through the command', () => {
  it('are sixty', () => {
    expect(MARGIN_VECTORS).toHaveLength(60);
  });

  it.each(MARGIN_VECTORS)('%s', async (...vector) => {
    const [, , spot, [share, minimum], legs, basis, expected, tolerance] = vector;
    const leverage = minimum / 0.1;
    const broadIndex = Math.abs(share - 0.15 * leverage) < 1e-9;
    const isTable = broadIndex || Math.abs(share - 0.2 * leverage) < 1e-9;
    const positions = positionsOf(legs).map((leg) =>
      isTable ? { ...leg, leverage, broadIndex } : leg,
    );
    const request = requestOf(positions, spot);
    const rules = `options: {equity: {nakedShare: ${share}, minimumShare: ${minimum}}}`;
    const out = isTable
      ? await run(request, ['json'])
      : await withRules(rules, (file) => run(request, ['json'], new Map([['rules', file]])));
    const { initial, maintenance, buyingPowerEffect } = JSON.parse(out);
    expect(maintenance).toBe(initial);
    const found: unknown = basis === 'gross' ? initial : buyingPowerEffect;
    // Examples of whole dollars come out to the last digit.
    const allowed = tolerance < 1e-3 ? 0 : tolerance;
    expect(Math.abs(Number(found) - expected)).toBeLessThanOrEqual(allowed);
  });

  it('a long call that expires first covers nothing: AM before PM of one date', async () => {
    const [long, short] = positionsOf('+1 425C@13.1 -1 430C@12.2');
    const am = { ...long, expiry: { ...EXPIRY, settlement: 'AM' } };
    const request = { ...requestOf([am, short ?? {}], 433.35) };
    const rules = 'options: {equity: {nakedShare: 0.15}}';
    const out = await withRules(rules, (file) =>
      run(request, ['json'], new Map([['rules', file]])),
    );
    expect(JSON.parse(out)).toMatchObject({ initial: 7720.25 });
  });
});

describe('levels of the user’s own', () => {
  const naked = requestOf(positionsOf('-1 100P@1'), 110);

  it('are taken, and said to be user-supplied in both outputs', async () => {
    await withRules('options:\n  equity:\n    nakedShare: 0.4\n', async (file) => {
      const values = new Map([['rules', file]]);
      const json = JSON.parse(await run(naked, ['json'], values));
      // 1 + 40 % of 110 less 10 out of the money.
      expect(json.initial).toBeCloseTo(3500, 9);
      expect(json.userSupplied).toEqual([{ path: 'options.equity.nakedShare', value: 0.4 }]);
      expect(json.groups[0].source).toContain('user-supplied');
      const text = await run(naked, ['explain'], values);
      expect(text).toContain('user-supplied: options.equity.nakedShare = 0.4');
      expect(text).toMatch(
        /100 × \(1 \+ max\(40.0\s% × 110 − 10.00, 10.0\s% × 100\)\) a contract/u,
      );
      expect(text).toContain('$3,500.00');
    });
  });

  it.each([
    ['options:\n  equity:\n    nakedShar: 0.4\n', 'did you mean nakedShare?', 3],
    ['optoins: {}\n', 'did you mean options?', 1],
    ['options:\n  vix:\n    nakedShare: -1\n', 'shares are fractions', 3],
    ['futures: {maintenance: .nan}\n', 'futures.maintenance', 1],
    ['portfolio: {broadIndex: {down: 0.1, up: 0.1}}\n', 'portfolio.broadIndex.down', 1],
    ['options: [\n', 'must be YAML', 2],
  ])('are refused with place and remedy: %j', async (text, words, line) => {
    await withRules(text, async (file) => {
      const failed = await run(naked, ['json'], new Map([['rules', file]])).catch(
        (error: unknown) => error,
      );
      expect(failed).toBeInstanceOf(DataError);
      expect(String(failed)).toContain(words);
      expect(String(failed)).toContain(`house.yaml:${line}:`);
    });
  });

  it.each([
    ['futures: {maintenance: 20000, initialRatio: 1.2}', 'futures', 24_000],
    ['shares: {initial: 0.7}', 'etp', 7000],
    ['portfolio: {equity: {down: -0.3, up: 0.3}}', 'portfolio', 3000],
  ])('reach futures, shares and portfolio margin: %s', async (rules, what, expected) => {
    const fund = { kind: 'etp', underlying: 'XYZ', quantity: 100, price: 100 };
    const future = { kind: 'vx-future', expiry: EXPIRY, quantity: 1, price: 20 };
    const request = requestOf([what === 'futures' ? future : fund], 100);
    const regime = what === 'portfolio' ? 'portfolio' : 'reg-t';
    const out = await withRules(rules, (file) =>
      run({ ...request, regime }, ['json'], new Map([['rules', file]])),
    );
    expect(JSON.parse(out).initial).toBeCloseTo(expected, 6);
  });
});

/** An S&P condor 5 wide, at a mark. */
function condor(mark: number): readonly object[] {
  const leg = (right: string, strike: number, quantity: number, price: number): object => ({
    kind: 'spx-option',
    right,
    strike,
    expiry: EXPIRY,
    quantity,
    price,
  });
  return [
    leg('put', 4695, 1, 1),
    leg('put', 4700, -1, 1 + mark / 2),
    leg('call', 5300, -1, 1 + mark / 2),
    leg('call', 5305, 1, 1),
  ];
}

const SPX_REQUEST = { ...requestOf([], 1), spot: { SPX: 5000, VIX: 18 } };

describe('accounts', () => {
  const accountOf = async (part: object, rules = '{}'): Promise<Readonly<Record<string, number>>> =>
    withRules(rules, async (file) => {
      const out = await run({ ...SPX_REQUEST, ...part }, ['json'], new Map([['rules', file]]));
      return JSON.parse(out).account;
    });

  it('hold the same excess at every mark of a condor (A1)', async () => {
    expect(await accountOf({ cash: 10_140, positions: condor(1.4) })).toMatchObject({
      equityWithLoan: 10_140,
      initialMargin: 500,
      maintenanceMargin: 500,
      excessLiquidity: 9640,
      netLiquidation: 10_000,
    });
    const later = await accountOf({ cash: 10_140, positions: condor(4) });
    expect(later).toMatchObject({ excessLiquidity: 9640, netLiquidation: 9740 });
  });

  it('count options as equity under portfolio margin', async () => {
    const part = { regime: 'portfolio', cash: 10_140, positions: condor(4) };
    const account = await accountOf(part);
    expect(account).toMatchObject({ equityWithLoan: 9740, netLiquidation: 9740 });
  });

  it('take no excess from long VIX calls until they are sold (A2)', async () => {
    const calls = (price: number): object => ({
      kind: 'vix-option',
      right: 'call',
      strike: 25,
      expiry: { ...EXPIRY, settlement: 'AM' },
      quantity: 2,
      price,
    });
    const of = (mark: number, price: number): Promise<Readonly<Record<string, number>>> =>
      accountOf({ cash: 9900, positions: [...condor(mark), calls(price)] });
    expect(await of(1.4, 1.2)).toMatchObject({ excessLiquidity: 9400, netLiquidation: 10_000 });
    const risen = await of(5, 9);
    expect(risen['excessLiquidity']).toBe(9400);
    expect(risen['netLiquidation']).toBeCloseTo(11_200, 6);
    const sold = await accountOf({ cash: 11_700, positions: condor(5) });
    expect(sold['excessLiquidity']).toBe(11_200);
  });

  it('open a condor to the last dollar (A3), and keep what a lost one leaves (A4)', async () => {
    const most = async (cash: number): Promise<unknown> =>
      withRules(JSON.stringify(condor(1.4)), async (file) => {
        const values = new Map([['what-if', file]]);
        const out = await run({ ...SPX_REQUEST, cash }, ['json', 'max-contracts'], values);
        return JSON.parse(out).maxContracts;
      });
    expect(await most(360)).toBe(1);
    expect(await most(359.99)).toBe(0);
    expect(await accountOf({ cash: 9640 })).toMatchObject({
      maintenanceMargin: 0,
      excessLiquidity: 9640,
    });
  });

  it('leave a PM short naked beside an AM long of the same date (A5)', async () => {
    const [long, short] = condor(0);
    const am = { ...long, expiry: { ...EXPIRY, settlement: 'AM' } };
    const request = { ...SPX_REQUEST, positions: [am, { ...short, price: 0 }] };
    expect(JSON.parse(await run(request, ['json'])).initial).toBe(47_000);
  });

  it('sweep a futures deficit (A6), and refuse negative cash whatever the excess (A7)', async () => {
    const vxm = { kind: 'vxm-future', expiry: EXPIRY, quantity: 1, price: 17 };
    const rules = 'futures: {maintenance: 9600, initialRatio: 1.25}';
    const swept = { cash: 1000, futuresCash: 900, positions: [vxm] };
    expect(await accountOf(swept, rules)).toMatchObject({
      futuresExcess: -60,
      futuresShortfall: 60,
      sweep: 60,
      deficit: 0,
    });
    expect(await accountOf({ ...swept, cash: 0 }, rules)).toMatchObject({ deficit: 60 });
    const options = {
      cash: 0,
      futuresCash: -3150,
      futuresOptionValue: 10_300,
      positions: [{ ...vxm, kind: 'vx-future' }],
    };
    expect(await accountOf(options, 'futures: {maintenance: 666}')).toMatchObject({
      futuresExcess: 6484,
      deficit: 3150,
    });
  });

  // Forward 5000, 30 days at 5 %: P/L at ten points, the worst of which is the requirement.
  it.each([
    ['exchange', [0, 1, 2, 3], 1, 2181.24],
    ['traditional', [0, 1, 2, 3], 1, 4085.55],
    ['exchange', [1], 1, 14_506.69],
    ['exchange', [2], 1, 9702.42],
    ['exchange', [1], -1, 2038.7],
  ])(
    'portfolio margin at %s of legs %j times %s is %s (A8)',
    async (broker, of, times, dollars) => {
      const legs = [
        ['put', 4650, 1, 18.7807, 0.22],
        ['put', 4700, -1, 22.9571, 0.21],
        ['call', 5250, -1, 8.4907, 0.13],
        ['call', 5300, 1, 4.0149, 0.125],
      ] as const;
      const positions = of.flatMap((at) => {
        const leg = legs[at];
        if (leg === undefined) return [];
        const [right, strike, quantity, price, impliedVol] = leg;
        const expiry = { date: '2024-07-05', settlement: 'PM' };
        const own = { kind: 'spx-option', right, strike, expiry, price, impliedVol, forward: 5000 };
        return [{ ...own, quantity: quantity * times }];
      });
      const date = '2024-06-05';
      const request = { ...SPX_REQUEST, regime: 'portfolio', date, broker, positions };
      const { initial } = JSON.parse(await run(request, ['json']));
      expect(Math.abs(initial - dollars)).toBeLessThan(0.5);
    },
  );
});

describe('what time and history change', () => {
  const fund = { kind: 'etp', underlying: 'SPY', quantity: 100, price: 500 };
  const house = { ...SPX_REQUEST, regime: 'portfolio', broker: 'tastytrade', positions: [fund] };
  const marginAfter = async (vix: number, vixCloses: readonly number[]): Promise<number> => {
    const request = { ...house, spot: { SPX: 5000, VIX: vix }, vixCloses };
    return JSON.parse(await run(request, ['json'])).initial;
  };

  // 100 shares at 500 dollars: 15 % of 50,000, or 20 % in the wide range.
  it.each([
    [24, [], 7500],
    [26, [26, 26, 26], 7500],
    [26, [26, 26, 26, 26], 10_000],
    [31, [18], 10_000],
    [26, [31, 24, 24, 24, 24], 10_000],
    [24, [31, 24, 24, 24, 24], 7500],
    [19, [31], 7500],
  ])('tastytrade at a VIX of %s after %j asks %s', async (vix, before, dollars) => {
    expect(await marginAfter(vix, before)).toBeCloseTo(dollars, 6);
  });

  it.each([
    ['exchange', '2025-03-21', 25_000],
    ['exchange', '2025-02-21', 0],
    ['ibkr', '2025-03-21', 0],
    ['tastytrade', '2025-03-21', 0],
  ])('%s lends on a long call of %s: %s', async (broker, date, loan) => {
    const call = {
      kind: 'spx-option',
      right: 'call',
      strike: 5000,
      expiry: { date, settlement: 'AM' },
      quantity: 2,
      price: 500,
    };
    const request = { ...SPX_REQUEST, broker, positions: [call] };
    const { loanValue, buyingPowerEffect } = JSON.parse(await run(request, ['json']));
    expect(loanValue).toBe(loan);
    expect(buyingPowerEffect).toBe(100_000 - loan);
  });

  // Leverage times 25 %, at most all of it; half to open at least.
  it.each([
    [1, 25_000, 12_500],
    [2, 25_000, 25_000],
    [3, 37_500, 37_500],
  ])('a fund of leverage %s asks %s to open and %s to hold', async (leverage, open, hold) => {
    const positions = [{ ...fund, underlying: 'UPRO', leverage }];
    const request = { ...SPX_REQUEST, positions };
    const { initial, maintenance } = JSON.parse(await run(request, ['json']));
    expect([initial, maintenance]).toEqual([open, hold]);
  });

  it('VX margin by contract value rises for ten sessions after a VIX spike', async () => {
    const future = { kind: 'vx-future', expiry: EXPIRY, quantity: 1, price: 20 };
    const of = async (vixCloses: readonly number[]): Promise<number> =>
      JSON.parse(await run({ ...SPX_REQUEST, positions: [future], vixCloses }, ['json']))
        .maintenance;
    expect(await of([])).toBeCloseTo(7000, 9);
    expect(await of([15, 20])).toBeCloseTo(16_000, 9);
    expect(await of([15, 20, ...Array.from({ length: 9 }, () => 20)])).toBeCloseTo(16_000, 9);
    expect(await of([15, 20, ...Array.from({ length: 10 }, () => 20)])).toBeCloseTo(7000, 9);
  });
});
