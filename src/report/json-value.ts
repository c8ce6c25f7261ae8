/** A value of a JSON document; `undefined` members are left out when it is written. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A figure for JSON: the number, or null with the reason beside it under `<name>Reason`. */
export function figure(
  name: string,
  value: number | undefined,
  reason: string,
): { readonly [key: string]: JsonValue } {
  return value !== undefined && Number.isFinite(value)
    ? { [name]: value }
    : { [name]: null, [`${name}Reason`]: reason };
}
