import type { RunRecord } from './run-record.ts';

/** The bytes of every column, and everything else of a record but its policy's name. */
export function bytesOf(run: RunRecord): Readonly<Record<string, string>> {
  const out: Record<string, string> = {};
  for (const [name, column] of Object.entries(run.columns)) {
    if (!ArrayBuffer.isView(column)) throw new Error(`${name} is a typed array`);
    out[name] = Buffer.from(column.buffer, column.byteOffset, column.byteLength).toString('base64');
  }
  const { columns: _columns, policy: _policy, ...rest } = run;
  return { ...out, rest: JSON.stringify(rest) };
}
