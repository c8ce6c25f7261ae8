import type { EpochDay } from '../../time/epoch-day.ts';

/** Terms that a user must accept before anything is fetched under them. */
export type TermsName = 'cboe' | 'fred';

/** Who publishes a source, and under which terms its figures may be used. */
export interface Publisher {
  readonly name: string;
  /** One sentence: what may be done with the figures. */
  readonly licence: string;
  /** Where the terms stand. */
  readonly termsUrl: string;
  /** Terms that must be accepted by name; absent where the figures are free to use. */
  readonly terms?: TermsName;
}

/** When the rows of a source come out, and so how old a copy may be. */
export type Publication =
  | {
      readonly kind: 'sessions';
      /** Hours from 00:00 UTC of a row's date until it is published. */
      readonly hours: number;
    }
  | {
      readonly kind: 'days';
      /** Days after which a copy is fetched again. */
      readonly days: number;
    };

/** One request of a source: a contract, a year, or the whole file. */
export interface RawPart {
  /** Name of its file under `raw/<source>/`. */
  readonly key: string;
  /** Address without secrets: a key stands there as `{ALVH_FRED_KEY}`. */
  readonly url: string;
  /** The publisher may have none such: 403, 404 and 410 then mean "absent", not "failed". */
  readonly optional: boolean;
  /** Whether a part without rows is sound, such as a year that has just begun. */
  readonly mayBeEmpty: boolean;
  /** From this day on a copy is final and never fetched again. */
  readonly finalOn?: EpochDay;
  /** Last day that can have a row. */
  readonly through?: EpochDay;
  /** Final settlement day of a futures contract. */
  readonly expiry?: EpochDay;
  /** Column that a series of several is stored in. */
  readonly column?: string;
}

/** Text of a raw part and the name that its errors carry. */
export interface PulledText {
  readonly file: string;
  readonly text: string;
}

/** One dated row as read; a blank cell is NaN or not there. */
export interface PulledRow {
  /** EpochDay. */
  readonly day: number;
  readonly cells: Readonly<Record<string, number>>;
}

/** A part and the rows in it. */
export interface ParsedPart {
  readonly part: RawPart;
  readonly rows: readonly PulledRow[];
}

/** A file in the layout that the backtest reads, made from raw parts. */
export interface BuiltFile {
  /** Name in the data folder. */
  readonly file: string;
  readonly text: string;
  /** What was left out or corrected, in sentences. */
  readonly notes: readonly string[];
}

/** A public source as data: where it is, under which terms, how it is read and what it becomes. */
export interface PullSource {
  readonly id: string;
  readonly title: string;
  readonly publisher: Publisher;
  /** Address with its variable part in braces. */
  readonly urlTemplate: string;
  /** Hosts that requests and redirects may go to. */
  readonly hosts: readonly string[];
  readonly publication: Publication;
  /** Files it becomes, names in the data folder. */
  readonly files: readonly string[];
  /** The requests it takes as of a day. */
  readonly parts: (today: EpochDay) => readonly RawPart[];
  /** Rows of one part, ascending; throws DataError `bad-data` with the place. */
  readonly parse: (pulled: PulledText, part: RawPart) => readonly PulledRow[];
  /** Files made from all parts. */
  readonly build: (parts: readonly ParsedPart[]) => readonly BuiltFile[];
}
