import type { GjrParameters } from './gjr-garch.ts';
import type { RareTilt } from './rare-laws.ts';

/** The recorded sessions a model is calibrated on, as plain data. */
export interface CalibrationWindow {
  /** First and last session, EpochDay. */
  readonly from: number;
  readonly to: number;
  readonly sessions: number;
  /** Hash of the market files: a worker that reads others refuses to go on. */
  readonly dataHash: string;
  /** Whether VX prices are made up by regression before VX futures were listed (2004-03-26). */
  readonly counterfactual: boolean;
}

/**
 * Which path model, with all it needs but the market files: plain data that travels to worker
 * threads and other machines, and that names the model in a report.
 */
export type PathSpec =
  | {
      readonly kind: 'lv2jh';
      /** Tilted laws of every second path; absent: none. */
      readonly tilt?: RareTilt;
    }
  | {
      readonly kind: 'bootstrap';
      readonly window: CalibrationWindow;
      /** Mean length of a block before rejected joins lengthen it, sessions >= 1. */
      readonly meanBlock: number;
    }
  | { readonly kind: 'iid'; readonly window: CalibrationWindow }
  | { readonly kind: 'history'; readonly window: CalibrationWindow }
  | {
      readonly kind: 'gjr';
      readonly window: CalibrationWindow;
      /** Fitted once to the window, so that no worker fits again. */
      readonly parameters: GjrParameters;
    };

/** A kind of path model, as --model names it. */
export type PathModelKind = PathSpec['kind'];

/** Every kind, the default first. */
export const PATH_MODEL_KINDS: readonly PathModelKind[] = [
  'lv2jh',
  'bootstrap',
  'iid',
  'history',
  'gjr',
];

/** Names of the models in reports; what a model cannot do is part of its name. */
export const PATH_MODEL_NAMES: Readonly<Record<PathModelKind, string>> = {
  lv2jh: 'LV2J-H',
  bootstrap: 'stationary block bootstrap, VIX-matched',
  iid: 'i.i.d. shuffle, breaks clustering',
  history: 'historical replay from every start date',
  gjr: 'GJR skew-t filtered historical simulation',
};

/** The model with its shipped parameters. */
export const LV2JH_SPEC: PathSpec = { kind: 'lv2jh' };

/** Mean block of the bootstrap unless told, sessions: a month. */
export const MEAN_BLOCK = 21;
