import { GUARD_DETAILS } from './method-details-guards.ts';
import { HEDGE_DETAILS } from './method-details-hedges.ts';
import { INPUT_DETAILS } from './method-details-inputs.ts';
import type { ConceptName } from './method-table.ts';

/** A number a concept looks at. */
export interface MethodInput {
  readonly name: string;
  readonly unit: string;
  /** Names of the files it comes from, as the table of releases has them; their lag is read there. */
  readonly series?: readonly string[];
  /** Where no file is behind it: what it comes from. */
  readonly from?: string;
}

/** What the page of a concept has beside its row in the method table. */
export interface MethodDetails {
  readonly title: string;
  /** The rule as formulas, a line each, in plain text. */
  readonly equation: readonly string[];
  /** Units and symbols of the equation. */
  readonly units: string;
  readonly inputs: readonly MethodInput[];
  /** What a trader reads off it, and what it must not be taken for. */
  readonly reading: string;
  /** Source files, from the top of the repository. */
  readonly code: readonly string[];
  /** Parts of alvh-45 whose golden day shows it at work; names of the table of golden days. */
  readonly goldenParts?: readonly string[];
}

/** Details of every concept of the method. */
export const METHOD_DETAILS: Readonly<Record<ConceptName, MethodDetails>> = {
  ...HEDGE_DETAILS,
  ...GUARD_DETAILS,
  ...INPUT_DETAILS,
};
