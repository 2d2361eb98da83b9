import type { SparseScores } from "./assignment.ts";

/**
 * How sure each row of an assignment is, in [0, 1], NaN for rows that stay alone: 1 against the odds of the other ways this row might have gone, namely alone,
 * to a free column, or in exchange with the row that holds the column. Odds are exp(−loss of score); longer exchanges are not counted, so that it errs to the
 * sure side where three or more are entangled.
 */
export function surenessOf({ start, column, score, columns }: SparseScores, columnOf: Int32Array): Float64Array {
  const rows = columnOf.length;
  const rowOf = new Int32Array(columns).fill(-1);
  for (let row = 0; row < rows; row++) if (columnOf[row] !== -1) rowOf[columnOf[row]!] = row;
  const scoreOf = (row: number, to: number): number => {
    for (let edge = start[row]!; edge < start[row + 1]!; edge++) if (column[edge] === to) return score[edge]!;
    return 0;
  };
  const sureness = new Float64Array(rows).fill(Number.NaN);
  for (let row = 0; row < rows; row++) {
    const own = columnOf[row]!;
    if (own === -1) continue;
    const ownScore = scoreOf(row, own);
    let others = Math.exp(-ownScore);
    for (let edge = start[row]!; edge < start[row + 1]!; edge++) {
      const to = column[edge]!;
      if (to === own) continue;
      const holder = rowOf[to]!;
      const loss =
        holder === -1 ? ownScore - score[edge]! : ownScore + scoreOf(holder, to) - score[edge]! - Math.max(0, scoreOf(holder, own));
      others += Math.exp(-loss);
    }
    sureness[row] = 1 / (1 + others);
  }
  // A column that others without one would have liked as much is no surer for its holder.
  for (let row = 0; row < rows; row++) {
    if (columnOf[row] !== -1) continue;
    for (let edge = start[row]!; edge < start[row + 1]!; edge++) {
      const holder = rowOf[column[edge]!]!;
      if (holder === -1) continue;
      const loss = scoreOf(holder, column[edge]!) - score[edge]!;
      sureness[holder] = 1 / (1 / sureness[holder]! + Math.exp(-loss));
    }
  }
  return sureness;
}
