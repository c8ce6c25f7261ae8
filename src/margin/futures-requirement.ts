import { VXM_FUTURE } from '../contracts/contract-kind.ts';
import { epochDay } from '../time/epoch-day.ts';
import type { EpochDay } from '../time/epoch-day.ts';
import type { MarginProfile } from './margin-profile.ts';

/** A published maintenance level of one VX contract, in force from a day. */
export interface FuturesLevel {
  readonly from: EpochDay;
  /** Calendar days for which the level is trusted: about 250 sessions. */
  readonly validDays: number;
  /** Dollars. */
  readonly maintenance: number;
  readonly source: string;
}

/** Known exchange maintenance levels of VX, ascending. Elsewhere the labelled model applies. */
export const VX_LEVELS: readonly FuturesLevel[] = [
  {
    from: epochDay(2013, 6, 27),
    validDays: 363,
    maintenance: 3500,
    source: 'CFE RG13-019: months 4-6, 3,850 initial / 3,500 maintenance',
  },
];

/** What the requirement of one future depends on. */
export interface FuturesMarginRequest {
  /** VX_FUTURE or VXM_FUTURE. */
  readonly kind: number;
  /** Settlement or mark, VIX points. */
  readonly price: number;
  readonly day: EpochDay;
  /** True for ten sessions after a VIX day of +30 %, from the day after it. */
  readonly stressed: boolean;
  readonly profile: MarginProfile;
}

/** Requirement of one contract, dollars. */
export interface FuturesMargin {
  readonly maintenance: number;
  readonly initial: number;
  readonly source: 'level' | 'model';
}

/**
 * Maintenance and initial requirement of one VX or VXM future: a dated exchange level while it is
 * valid and VIX has not jumped, else 0.35 F x 1000, or 0.80 F x 1000 under stress (assumption). VXM
 * is a tenth.
 */
export function futuresMargin(request: FuturesMarginRequest): FuturesMargin {
  const { profile } = request;
  const size = request.kind === VXM_FUTURE ? 0.1 : 1;
  const level = request.stressed ? undefined : levelOn(request.day);
  const rate = request.stressed ? profile.futuresStressed : profile.futuresCalm;
  const one = level?.maintenance ?? rate * request.price * 1000;
  const maintenance = one * size * profile.futuresScale;
  return {
    maintenance,
    initial: maintenance * profile.futuresInitialRatio,
    source: level === undefined ? 'model' : 'level',
  };
}

function levelOn(day: EpochDay): FuturesLevel | undefined {
  return VX_LEVELS.findLast((row) => day >= row.from && day <= row.from + row.validDays);
}
