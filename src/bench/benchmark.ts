/** One measured figure, as a line of `bench --json`. */
export interface Measurement {
  readonly name: string;
  /** What the value counts, `options/s` or `ms`. */
  readonly unit: string;
  /** Median over the repeats. */
  readonly value: number;
  /** Pieces of work in one repeat: options, path-years, runs. */
  readonly n: number;
  readonly repeats: number;
  /** Worker threads, where the work was shared out. */
  readonly workers?: number;
}

/** A benchmark that could not run, and why. */
export interface Skipped {
  readonly name: string;
  readonly skipped: string;
}

/** What every benchmark is told. */
export interface BenchSettings {
  /** Folder of market data files. */
  readonly data: string;
  /** Worker threads for simulations, >= 1. */
  readonly workers: number;
}

/** A benchmark: the figures it gives, and how. */
export interface Benchmark {
  /** Names of its figures; `--only` picks by them. */
  readonly names: readonly string[];
  readonly run: (settings: BenchSettings) => Promise<readonly (Measurement | Skipped)[]>;
}
