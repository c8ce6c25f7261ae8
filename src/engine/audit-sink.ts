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

/** A sink that keeps everything, in order. */
export class RecordingSink implements AuditSink {
  readonly recording: boolean = true;
  readonly trades: TradeRecord[] = [];
  readonly events: AuditEvent[] = [];
  readonly marginEvents: MarginEvent[] = [];
  readonly steps: MartingaleStep[] = [];
  readonly skips: Map<string, number> = new Map();

  trade(record: TradeRecord): void {
    this.trades.push(record);
  }

  event(event: AuditEvent): void {
    this.events.push(event);
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
