import { describe, expect, it } from 'vitest';
import { compareJson } from './compare-json.ts';
import type { JsonValue } from './json-value.ts';
import { inventedReport, inventedSimulation } from './compare-report.fixture.ts';

const history = inventedReport(600);
const simulation = inventedSimulation(40);

/** Members of a document as a reader of its text sees them. */
function membersOf(value: JsonValue): Readonly<Record<string, JsonValue>> {
  return JSON.parse(JSON.stringify(value)) as Readonly<Record<string, JsonValue>>;
}

function policiesOf(document: JsonValue): readonly Readonly<Record<string, JsonValue>>[] {
  return membersOf(document)['policies'] as readonly Readonly<Record<string, JsonValue>>[];
}

/** Places of a null whose sibling does not say why. */
function unexplained(value: JsonValue, place: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const explained = typeof Reflect.get(value, `${key}Reason`) === 'string';
    if (inner === null) return explained ? [] : [`${place}.${key}`];
    return unexplained(inner, `${place}.${key}`);
  });
}

const POLICY_KEYS = [
  'name',
  'finalEquity',
  'cagr',
  'maxDrawdownClose',
  'maxDrawdownWorstMark',
  'marginWarnings',
  'marginCalls',
  'forcedLiquidations',
  'ruined',
  'ruinDate',
  'hedge',
  'condors',
  'doublingRefused',
  'peakMarginUse',
  'returnOnMaxMargin',
  'endedBy',
  'coverage',
];

describe.each([
  ['history', history],
  ['simulation', simulation],
])('the document of a %s', (_, report) => {
  const document = compareJson(report);

  it('has the members of its schema', () => {
    expect(document.schema).toBe('alvh/compare/1');
    const members = membersOf(document);
    expect(Object.keys(members['manifest'] ?? {})).toEqual(
      expect.arrayContaining(['codeVersion', 'configHash', 'dataHash', 'seed', 'node']),
    );
    expect(members['assumptions']).toEqual(report.assumptions);
    for (const policy of policiesOf(document)) {
      expect(Object.keys(policy)).toEqual(expect.arrayContaining(POLICY_KEYS));
      expect(Object.keys(policy['hedge'] ?? {})).toEqual(
        expect.arrayContaining(['cost', 'payoff', 'byLayer']),
      );
      expect(Object.keys(policy['condors'] ?? {})).toEqual(
        expect.arrayContaining(['trades', 'wins', 'averageWin', 'averageLoss']),
      );
      expect(policy['coverage']).toMatchObject({ regressed: expect.any(Number) });
    }
  });

  it('explains every null', () => {
    expect(unexplained(membersOf(document), 'document')).toEqual([]);
  });
});

describe('margin in the document', () => {
  const [policy] = policiesOf(compareJson(history)).filter(
    ({ name }) => name === 'martingale-strangle',
  );

  it('sums up rounds, legging loss, debt, reproduction and factors', () => {
    expect(policy?.['margin']).toMatchObject({
      calls: 1,
      liquidations: 1,
      spirals: 1,
      rounds: 2,
      cost: 84_000,
      leggingLoss: 2400,
      largestDebt: 48_000,
      cascade: { 'reg-t': -420_000, portfolio: 0 },
      attribution: { spot: -180_000, size: -1_260_000, cascade: -420_000, remainder: 0 },
      mechanisms: { size: 2, cascade: 0 },
    });
  });

  it('lists each event, whose factors add up to the change', () => {
    const events = (policy?.['marginEvents'] ?? []) as readonly Readonly<
      Record<string, JsonValue>
    >[];
    expect(events.map(({ outcome }) => outcome)).toEqual(['called', 'exhausted']);
    for (const event of events) {
      const factors = Object.values(event['attribution'] as Readonly<Record<string, number>>);
      const cents = factors.reduce((sum, dollars) => sum + Math.round(100 * dollars), 0);
      expect(cents).toBe(
        Math.round(100 * (Number(event['excess']) - Number(event['excessBefore']))),
      );
    }
    expect(events[1]?.['rounds']).toHaveLength(2);
  });

  it('of many futures has totals, and no list', () => {
    const [many] = policiesOf(compareJson(simulation)).filter(
      ({ name }) => name === 'martingale-strangle',
    );
    expect(many?.['margin']).toMatchObject({ calls: 40, liquidations: 40, largestDebt: 48_000 });
    expect(many).not.toHaveProperty('marginEvents');
  });
});

describe('the document of a simulation', () => {
  it('adds frequencies with their intervals', () => {
    const document = compareJson(simulation);
    expect(document['paths']).toBe(40);
    for (const policy of policiesOf(document)) {
      expect(policy['paths']).toBe(40);
      for (const key of ['pMarginCall', 'pForcedLiquidation', 'pRuin', 'pDrawdown50Given5']) {
        expect(Object.keys(policy[key] ?? {})).toEqual(
          expect.arrayContaining(['estimate', 'low', 'high', 'count']),
        );
      }
    }
  });
});

describe('the document of history', () => {
  it('has no member of a simulation', () => {
    const members = membersOf(compareJson(history));
    expect(members).not.toHaveProperty('paths');
    expect(policiesOf(members)[0]).not.toHaveProperty('pRuin');
    expect(policiesOf(members)[0]).toHaveProperty('crises');
  });

  it('refuses a number that is not finite', () => {
    const policies = history.policies.map(({ metrics }) => ({
      metrics: { ...metrics, finalEquity: Number.NaN },
    }));
    expect(() => compareJson({ ...history, policies })).toThrow(
      'document.policies.0.finalEquity is finite, was NaN',
    );
  });
});
