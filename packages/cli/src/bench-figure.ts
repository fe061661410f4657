/**
 * One number that a benchmark measured.
 * @module
 */

/**
 * `id` is listed in docs/benchmarks.md and stays; `peer` names the other program that was measured for the same id in
 * the same run. `unit` is `ms`, `%`, `x` or the like. `size` is how many things the number was measured with and `kind` what
 * they are, where one id is measured with several.
 */
export type Figure = {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly size?: number;
  readonly kind?: string;
};
