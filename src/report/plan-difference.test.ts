import { describe, expect, it } from 'vitest';
import { planDifference } from './plan-difference.ts';
import type { ComparedPlan } from './plan-difference.ts';

const PLAN: ComparedPlan = {
  date: '2024-06-18',
  policy: 'alvh-45',
  decision: 'TRADE',
  rules: [
    { id: 'votes', result: 'PASS' },
    { id: 'quick-ratio', result: 'PASS' },
  ],
  orders: [{ action: 'open', structure: 'condor', quantity: 5 }],
  layers: [{ name: 'near', phase: 'IDLE' }],
};

describe('the difference of two plans', () => {
  it('is empty when nothing changed but the date', () => {
    expect(planDifference(PLAN, { ...PLAN, date: '2024-06-19' })).toEqual([]);
  });

  it('names decision, rules, layers and orders that changed, and nothing else', () => {
    const now: ComparedPlan = {
      ...PLAN,
      decision: 'NO_TRADE',
      rules: [{ id: 'votes', result: 'FAIL' }],
      orders: [],
      layers: [{ name: 'near', phase: 'ARMED' }],
    };
    expect(planDifference(PLAN, now)).toEqual([
      'decision: TRADE -> NO_TRADE',
      'votes: PASS -> FAIL',
      'quick-ratio: PASS -> not asked',
      'near: IDLE -> ARMED',
      'no longer: open 5 × condor',
    ]);
  });
});
