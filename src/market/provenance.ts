/** Where a number comes from, carried up to the report. */
export type Provenance = 'quoted' | 'calibrated' | 'regressed' | 'simulated';

/** Every provenance; its place here is its code in typed arrays. */
export const PROVENANCES: readonly Provenance[] = [
  'quoted',
  'calibrated',
  'regressed',
  'simulated',
];

/** Code: read from an exchange or vendor print. */
export const QUOTED = 0;
/** Code: a model pinned to quoted levels of the same day. */
export const CALIBRATED = 1;
/** Code: a regression stands in for a series that did not exist. */
export const REGRESSED = 2;
/** Code: drawn by a path model. */
export const SIMULATED = 3;
