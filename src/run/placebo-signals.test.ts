import { describe, expect, it } from 'vitest';
import { planSessions } from '../engine/session-plan.ts';
import { computeSignals } from '../signals/signal-frame.ts';
import { createLv2jh } from '../simulation/lv2jh.ts';
import { withPlaceboSignals } from './placebo-signals.ts';

describe('withPlaceboSignals', () => {
  const path = createLv2jh({ years: 1 }).generate(3, 0);
  const plan = planSessions(path, computeSignals(path));

  it('moves every signal to other days and nothing else', () => {
    const placebo = withPlaceboSignals(path, plan, 100);
    const { rsi14Min3, spxLow20 } = placebo.plan.signals;
    expect(rsi14Min3[300]).toBe(plan.signals.rsi14Min3[200]);
    expect(rsi14Min3[50]).toBe(plan.signals.rsi14Min3[path.length - 50]);
    expect(spxLow20.toSorted()).toEqual(plan.signals.spxLow20.toSorted());
    expect(placebo.path.reerChangeZ[400]).toBe(path.reerChangeZ[300]);
    expect(placebo.plan.signals.macdZ[400]).toBe(plan.signals.macdZ[300]);
    expect(placebo.path.spxClose).toBe(path.spxClose);
    expect(placebo.plan.sessionsToFomc).toBe(plan.sessionsToFomc);
    expect(placebo.plan.signals.vxSlope90).toBe(plan.signals.vxSlope90);
  });

  it('moves the scores that weight and move budgets where the market has them', () => {
    const scores = path.spxClose.map((_close, row) => row);
    const scored = { ...path, priceToEarningsZ: scores, cpiSurpriseZ: scores };
    const placebo = withPlaceboSignals(scored, plan, 100);
    expect(placebo.path.priceToEarningsZ?.[400]).toBe(300);
    expect(placebo.path.cpiSurpriseZ?.[50]).toBe(path.length - 50);
  });

  it('is the market itself after a whole turn', () => {
    const placebo = withPlaceboSignals(path, plan, path.length);
    expect(placebo.plan.signals).toEqual(plan.signals);
    expect(placebo.path.rateDifferentialZ).toEqual(path.rateDifferentialZ);
  });
});
