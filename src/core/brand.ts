declare const brand: unique symbol;

/**
 * A number that carries its unit in its type, so that two units cannot be mixed unnoticed.
 *
 * Arithmetic drops the brand on purpose; the function that knows the meaning brands again.
 */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
