import { assertNever } from '../core/assert-never.ts';
import type { ReportModel } from '../report/compare-view.ts';
import type { GjrParameters } from '../simulation/gjr-garch.ts';
import { JOIN_TOLERANCE } from '../simulation/matched-starts.ts';
import { LV2JH_SPEC, PATH_MODEL_NAMES } from '../simulation/path-spec.ts';
import type { PathSpec } from '../simulation/path-spec.ts';
import { asEpochDay, formatIsoDate } from '../time/epoch-day.ts';
import { SIMULATION_ASSUMPTIONS } from './assumptions.ts';

/** The VX panel that LV2J-H was fitted to; see `LV2JH_PARAMETERS`. */
const LV2JH_WINDOW = { from: '2006-10-23', to: '2017-05-11', sessions: 2655 } as const;

/** Kind, name and calibration window of a path model, as every report states them. */
export function reportModel(model: PathSpec = LV2JH_SPEC): ReportModel {
  const { kind } = model;
  const name = PATH_MODEL_NAMES[kind];
  if (kind === 'lv2jh') return { kind, name, calibration: LV2JH_WINDOW };
  const { from, to, sessions } = model.window;
  return { kind, name, calibration: { from: isoDay(from), to: isoDay(to), sessions } };
}

/** A path model and its window in words: `LV2J-H, calibrated on 2006-10-23 to 2017-05-11`. */
export function modelText({ kind, name, calibration }: ReportModel): string {
  const { from, to } = calibration;
  const verb = kind === 'lv2jh' || kind === 'gjr' ? 'calibrated on' : 'of';
  return `${name}, ${verb} ${from} to ${to}`;
}

/** What a path model assumes, one sentence each. */
export function modelLines(
  model: PathSpec,
  { paths, years }: { readonly paths: number; readonly years: number },
): readonly string[] {
  switch (model.kind) {
    case 'lv2jh':
      return SIMULATION_ASSUMPTIONS;
    case 'bootstrap':
      return [
        'Futures: stationary block bootstrap (Politis and Romano 1994) of the joint state of recorded ' +
          'sessions: SPX bar, VIX, VX curve, VVIX, surface, rates. Mean block ' +
          `${model.meanBlock} sessions before joins are refused; a block joins where VIX and the ` +
          `volatility of 184 days lie within ${100 * JOIN_TOLERANCE} % of where the last one ended ` +
          '(Metropolis rule: every session equally likely), and levels keep their place over a join.',
        ...windowLines(model.window.counterfactual),
        SIDES,
      ];
    case 'iid':
      return [
        'Futures: recorded sessions in random order, each drawn alone with its joint changes. This ' +
          'breaks clustering: calm and storm no longer last, so runs of losses are too rare and VIX ' +
          'foretells nothing. A control, not a market.',
        ...windowLines(model.window.counterfactual),
        SIDES,
      ];
    case 'history':
      return [
        `Futures: history itself from ${paths} start dates, one a session; future i trades ` +
          `${252 * years} sessions from start i. No random number is drawn, the seed changes nothing.`,
        `Starts overlap: they hold about ${independent(paths, years)} independent futures, so ` +
          'intervals here are far too narrow, and nothing that did not happen can be seen.',
      ];
    case 'gjr':
      return [
        'Futures: GJR-GARCH(1,1) with skewed Student t residuals, fitted by maximum likelihood; ' +
          'residuals of history are drawn at random with what the same day left of VIX, and its bar is ' +
          `stretched to the simulated volatility (filtered historical simulation). ${gjrText(model.parameters)}`,
        'VVIX follows VIX; VX curve and other tenors follow VIX and its averages by regression, without ' +
          'noise of their own; SKEW and rates are the means of the window.',
        SIDES,
      ];
    default:
      return assertNever(model);
  }
}

function gjrText(p: GjrParameters): string {
  const digits = (value: number): string => String(Number(value.toPrecision(3)));
  return (
    `In percent a session: mu ${digits(p.mu)}, omega ${digits(p.omega)}, alpha ${digits(p.alpha)}, gamma ` +
    `${digits(p.gamma)}, beta ${digits(p.beta)}, shape ${digits(p.shape)}, skew ${digits(p.skew)}; ` +
    'mu and omega are such that mean and mean variance are those of the window.'
  );
}

const SIDES =
  'Breadth follows returns (correlation 0.85); macro scores are independent monthly autoregressions; ' +
  'FOMC days a fixed pattern; VIX settles at an opening on the day\u2019s own move, with 2.5 % noise (assumptions).';

function windowLines(counterfactual: boolean): readonly string[] {
  return counterfactual
    ? [
        'VX prices of recorded sessions before 2004-03-26 are regressed on VIX; VVIX before 2007 is 86.',
      ]
    : [];
}

/** Stretches of so many years that do not overlap, in a replay from so many starts. */
function independent(paths: number, years: number): number {
  return Math.ceil((paths - 1) / (252 * years) + 1e-9);
}

function isoDay(day: number): string {
  return formatIsoDate(asEpochDay(day));
}
