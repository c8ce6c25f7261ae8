import type { ParsedArguments } from './arguments.ts';
import type { OptionSpec } from './command.ts';
import { prepareFile } from './prepare-file.ts';

/** The option of commands that can write every simulated path as a row. */
export const PARQUET_OPTION: OptionSpec = {
  name: 'parquet',
  kind: 'value',
  valueName: 'FILE',
  summary: 'write every path of every policy as a row of this Parquet file',
};

/** Makes sure that the file --parquet names can be written. */
export function prepareParquet(args: ParsedArguments): void {
  const file = args.values.get('parquet');
  if (file !== undefined) prepareFile('parquet', file);
}
