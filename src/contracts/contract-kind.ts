import type { EpochDay } from '../time/epoch-day.ts';

/** What can be traded. SPX options of AM and PM settlement are one kind (SPX, SPXW). */
export type ContractKind =
  | 'spx-option'
  | 'xsp-option'
  | 'vix-option'
  | 'vx-future'
  | 'vxm-future'
  | 'etp';

/** Every kind; a kind's place here is its code in leg columns. */
export const CONTRACT_KINDS: readonly ContractKind[] = [
  'spx-option',
  'xsp-option',
  'vix-option',
  'vx-future',
  'vxm-future',
  'etp',
];

/** Symbol under which a kind is shown; SPX for SPXW too, a short-term VX fund as VIXY. */
export const KIND_SYMBOLS: Readonly<Record<ContractKind, string>> = {
  'spx-option': 'SPX',
  'xsp-option': 'XSP',
  'vix-option': 'VIX',
  'vx-future': 'VX',
  'vxm-future': 'VXM',
  etp: 'VIXY',
};

/** Code of an SPX or SPXW option in leg columns. */
export const SPX_OPTION = 0;
/** Code of an XSP option (index = SPX / 10) in leg columns. */
export const XSP_OPTION = 1;
/** Code of a VIX option in leg columns. */
export const VIX_OPTION = 2;
/** Code of a VX future in leg columns. */
export const VX_FUTURE = 3;
/** Code of a VXM (mini VX) future in leg columns. */
export const VXM_FUTURE = 4;

/** Code of a share of an exchange-traded product on the short-term VX index in leg columns. */
export const ETP = 5;

/** Call or put. */
export type OptionRight = 'call' | 'put';
/** Code of a call in leg columns. */
export const CALL = 0;
/** Code of a put in leg columns. */
export const PUT = 1;
/** Code for "no right" (a future) in leg columns. */
export const NO_RIGHT = 2;

/** When an expiring contract is settled: by the opening SOQ (AM) or the close (PM). */
export type Settlement = 'AM' | 'PM';
/** Code of AM settlement in leg columns. */
export const AM = 0;
/** Code of PM settlement in leg columns. */
export const PM = 1;

/** A contract's last day and how it settles. */
export interface Expiry {
  readonly day: EpochDay;
  readonly settlement: Settlement;
}

/** Expiry in leg columns of what never expires (a share), EpochDay: the year 7445. */
export const NO_EXPIRY = 2_000_000;

/** Price in dollars at which a share of an ETP is counted when it is bought. */
export const ETP_SHARE = 20;
