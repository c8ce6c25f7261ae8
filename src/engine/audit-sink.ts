import type { MarginEvent } from './margin-event.ts';
import type { AuditEvent, MartingaleStep, TradeRecord } from './run-record.ts';

/** Where the engine tells what happened; a recording sink keeps it, a silent one does not. */
export interface AuditSink {
  /** False lets the engine skip work that only the audit needs (greeks, event texts). */
  readonly recording: boolean;
  trade(record: TradeRecord): void;
  event(event: AuditEvent): void;
  marginEvent(event: MarginEvent): void;
  martingaleStep(step: MartingaleStep): void;
  skip(reason: string): void;
}

/** Events that the summary of a path is made from; see `yearsTo`. */
const SUMMARISED: readonly AuditEvent['kind'][] = ['margin-call', 'forced-liquidation'];

/**
 * A sink that keeps trades, margin events and counts in order, and of the audit's events all, or
 * with the audit off only those that a path's summary is made from.
 */
export class RecordingSink implements AuditSink {
  readonly recording: boolean;
  readonly trades: TradeRecord[] = [];
  readonly events: AuditEvent[] = [];
  readonly marginEvents: MarginEvent[] = [];
  readonly steps: MartingaleStep[] = [];
  readonly skips: Map<string, number> = new Map();

  constructor(audit: 'on' | 'off' = 'on') {
    this.recording = audit === 'on';
  }

  trade(record: TradeRecord): void {
    this.trades.push(record);
  }

  event(event: AuditEvent): void {
    if (this.recording || SUMMARISED.includes(event.kind)) this.events.push(event);
  }

  marginEvent(event: MarginEvent): void {
    this.marginEvents.push(event);
  }

  martingaleStep(step: MartingaleStep): void {
    this.steps.push(step);
  }

  skip(reason: string): void {
    this.skips.set(reason, (this.skips.get(reason) ?? 0) + 1);
  }
}
