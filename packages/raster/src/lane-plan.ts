/**
 * In which order the rows of a tent are added, so that 16-bit lanes fill up well and seldom.
 *
 * A lane takes weights of 257 in all (257 · 255 = 65,535) before it must be emptied, and emptying costs as much as a row
 * or two. Rows of a tent come in pairs of equal weight, first and last, and a pair is added before it is multiplied;
 * four pairs whose weights climb by one need a single product. A plan cuts a tent into such runs and packs them, the
 * heaviest first, into as few fillings as will hold them. Addition does not mind the order.
 * @module
 */

/** Weights that a 16-bit lane can take. */
export const LANE_WEIGHTS = 257;

/**
 * One call of a kernel. `rows`: 8 = four pairs that weigh `weight`, +1, +2, +3 from `first` and `last` inwards; 4 = two
 * pairs that weigh `weight` and `next`; 3 = a pair of `weight` and the row between of `next`; 2 = a pair; 1 = the row
 * `first`. `first` and `last` count from the start of the tent. `opens`: lanes are emptied before this run.
 */
export type LaneRun = {
  readonly rows: 8 | 4 | 3 | 2 | 1;
  readonly first: number;
  readonly last: number;
  readonly weight: number;
  readonly next: number;
  readonly opens: boolean;
};

type Unit = Omit<LaneRun, 'opens'> & { readonly load: number };

/**
 * The runs of a tent of these weights.
 * @throws {RangeError} for a weight that no lane can take
 */
export function planLanes(weights: Int32Array): readonly LaneRun[] {
  const units = cut(weights).sort((a, b) => b.load - a.load);
  const fillings: { units: Unit[]; room: number }[] = [];
  for (const unit of units) {
    let filling = fillings.find(({ room }) => room >= unit.load);
    if (filling === undefined) {
      filling = { units: [], room: LANE_WEIGHTS };
      fillings.push(filling);
    }
    filling.units.push(unit);
    filling.room -= unit.load;
  }
  return fillings.flatMap((filling) =>
    filling.units.map(({ load: _, ...run }, i) => ({ ...run, opens: i === 0 })),
  );
}

function cut(weights: Int32Array): Unit[] {
  const units: Unit[] = [];
  let first = 0;
  let last = weights.length - 1;
  while (first <= last) {
    const weight = weights[first]!;
    const next = weights[first + 1] ?? 0;
    if (weight > LANE_WEIGHTS) throw new RangeError(`lanes: expected weights of at most ${LANE_WEIGHTS}`);
    const paired = first < last && weights[last] === weight && 2 * weight <= LANE_WEIGHTS;
    const add = (rows: LaneRun['rows'], load: number) =>
      units.push({ rows, first, last, weight, next, load });
    if (!paired) {
      add(1, weight);
      first++;
    } else if (climbs(weights, first, last) && 8 * weight + 12 <= LANE_WEIGHTS) {
      add(8, 8 * weight + 12);
      first += 4;
      last -= 4;
    } else if (last - first === 2 && 2 * weight + next <= LANE_WEIGHTS) {
      add(3, 2 * weight + next);
      first += 3;
    } else if (last - first >= 3 && weights[last - 1] === next && 2 * (weight + next) <= LANE_WEIGHTS) {
      add(4, 2 * (weight + next));
      first += 2;
      last -= 2;
    } else {
      add(2, 2 * weight);
      first++;
      last--;
    }
  }
  return units;
}

/** Whether the four pairs from `first` and `last` inwards weigh w, w+1, w+2, w+3, as the flanks of a whole tent do. */
function climbs(weights: Int32Array, first: number, last: number): boolean {
  if (last - first < 7) return false;
  const weight = weights[first]!;
  for (let k = 1; k < 4; k++)
    if (weights[first + k] !== weight + k || weights[last - k] !== weight + k) return false;
  return true;
}
