/**
 * One number that a benchmark measured.
 * @module
 */

/**
 * `id` is listed in docs/benchmarks.md and stays; `peer` names the other program that was measured for the same id in
 * the same run. `unit` is `ms`, `%`, `x` or the like.
 */
export type Figure = {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
};
