/** Look of a line: its colour and dash come from the style sheet. */
export type LineStyle = 's1' | 's2' | 's3' | 's4' | 's5' | 'ink' | 'muted' | 'hedge';

/** A line or an area over the days of a chart. */
export interface ChartSeries {
  readonly name: string;
  readonly values: Float64Array;
  readonly style: LineStyle;
  readonly kind: 'line' | 'area';
}

/** An event on a day, shown as a symbol with a word in the legend. */
export interface ChartMarker {
  readonly day: number;
  /** Value at which it sits. */
  readonly value: number;
  readonly symbol: string;
  readonly label: string;
}

/** A chart of values through time. */
export interface LineChart {
  readonly title: string;
  /** Whose chart it is, where a page has several of one title: tells their data apart. */
  readonly subject?: string;
  /** What a reader would see, in a sentence or two. */
  readonly summary: string;
  /** Epoch days, ascending; one per value. */
  readonly days: Int32Array;
  readonly series: readonly ChartSeries[];
  readonly markers?: readonly ChartMarker[];
  /** Epoch day on which the account's course ended, drawn as a vertical line. */
  readonly endedDay?: number | undefined;
  readonly unit: string;
  readonly format: (value: number) => string;
  readonly timeAxis: 'dates' | 'elapsed';
  readonly size: 'large' | 'small';
}
