import { assertNever } from '../core/assert-never.ts';
import type { MarketPath } from '../market/market-path.ts';
import { MID_TERM, SHORT_TERM } from '../volatility/vx-roll-index.ts';
import { checkAnchors } from './replicate-anchors.ts';
import type { AnchorCheck } from './replicate-anchors.ts';
import { levelStatistics, replicateCndr } from './replicate-cndr.ts';
import type { CndrReplica, LevelStatistics } from './replicate-cndr.ts';
import { totalReturns } from './replicate-spx-total-return.ts';
import { replicateSzado } from './replicate-szado.ts';
import type { SzadoResult } from './replicate-szado.ts';
import type { VixCallReplica } from './replicate-vix-calls.ts';
import { replicateVxFund, trackingOf, VX_FUNDS } from './replicate-vx-fund.ts';
import type { DatedLevels, Tracking, VxFund } from './replicate-vx-fund.ts';
import { replicateVxRoll } from './replicate-vx-roll.ts';
import type { VxRollReplica } from './replicate-vx-roll.ts';
import { replicateVxth } from './replicate-vxth.ts';

/** An index or study that can be rebuilt. */
export type ReplicaName = 'cndr' | 'vxth' | 'spvxsp' | 'spvxmp' | 'szado';

/** Indices and studies that can be rebuilt. */
export const REPLICA_NAMES: readonly ReplicaName[] = ['cndr', 'vxth', 'spvxsp', 'spvxmp', 'szado'];

/** A replica of a fund held against its real prices. */
export interface FundTracking {
  readonly fund: VxFund;
  readonly tracking: Tracking | undefined;
  /** Why there is no tracking, if so. */
  readonly reason: string;
}

/** An index or study rebuilt, with what it is held against. */
export type Replica =
  | {
      readonly name: 'cndr';
      readonly replica: CndrReplica;
      readonly statistics: LevelStatistics;
    }
  | {
      readonly name: 'vxth';
      readonly replica: VixCallReplica;
      readonly statistics: LevelStatistics;
      /** The S&P 500 with dividends over the same sessions. */
      readonly unhedged: LevelStatistics;
      readonly anchors: readonly AnchorCheck[];
    }
  | {
      readonly name: 'spvxsp' | 'spvxmp';
      readonly replica: VxRollReplica;
      readonly statistics: LevelStatistics;
      readonly excess: LevelStatistics;
      readonly funds: readonly FundTracking[];
    }
  | { readonly name: 'szado'; readonly overlays: readonly SzadoResult[] };

/** Closing prices of a fund, or undefined when there are none. */
export type FundPrices = (fund: VxFund) => DatedLevels | undefined;

/**
 * An index or study rebuilt on a market path; undefined where the path does not hold all it needs:
 * VX prices and, for calls, VVIX on every session (szado: on the sessions it trades).
 */
export function rebuild(
  name: ReplicaName,
  path: MarketPath,
  prices: FundPrices,
): Replica | undefined {
  switch (name) {
    case 'cndr': {
      const replica = replicateCndr(path);
      return { name, replica, statistics: levelStatistics(replica.day, replica.level) };
    }
    case 'vxth':
      return rebuildVxth(path);
    case 'spvxsp':
    case 'spvxmp':
      return rebuildVxRoll(name, path, prices);
    case 'szado': {
      const overlays = replicateSzado(path);
      const known = overlays.every((overlay) => Number.isFinite(overlay.return));
      return known ? { name, overlays } : undefined;
    }
    default:
      return assertNever(name);
  }
}

function rebuildVxth(path: MarketPath): Replica | undefined {
  const replica = replicateVxth(path);
  if (!replica.level.every(Number.isFinite)) return undefined;
  const spx = totalReturns(path);
  return {
    name: 'vxth',
    replica,
    statistics: levelStatistics(replica.day, replica.level),
    unhedged: levelStatistics(spx.day, spx.spx),
    anchors: checkAnchors('vxth', replica),
  };
}

function rebuildVxRoll(
  name: 'spvxsp' | 'spvxmp',
  path: MarketPath,
  prices: FundPrices,
): Replica | undefined {
  const replica = replicateVxRoll(path, name === 'spvxsp' ? SHORT_TERM : MID_TERM);
  const { day, excessReturn, totalReturn } = replica;
  if (!totalReturn.every(Number.isFinite)) return undefined;
  return {
    name,
    replica,
    statistics: levelStatistics(day, totalReturn),
    excess: levelStatistics(day, excessReturn),
    funds: VX_FUNDS.filter((fund) => fund.index === name).map((fund) => {
      const real = prices(fund);
      return {
        fund,
        tracking: real === undefined ? undefined : trackingOf(replicateVxFund(replica, fund), real),
        reason: real === undefined ? `NO DATA: ${fund.file}` : 'fewer than two common months',
      };
    }),
  };
}
