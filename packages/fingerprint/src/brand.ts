/**
 * The one brand of the project: a value that one `parse…` function has validated carries its name in its type.
 *
 * The brand exists for the type checker alone; at run time the value is what it was.
 * @module
 */

declare const brand: unique symbol;

/** `T` that was validated as `Name`. Two brands of different names do not mix. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
