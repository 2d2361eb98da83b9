/** Who may go with whom, row by row: the edges of row r are `column` and `score` from `start[r]` to before `start[r + 1]`. Scores are above 0. */
export interface SparseScores {
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly score: Float64Array;
  readonly columns: number;
}

/**
 * The assignment of rows to columns, each at most once, whose sum of scores is the largest; a row may stay alone for 0.
 * Successive shortest augmenting paths with potentials over the sparse edges (Jonker and Volgenant 1987, doi:10.1007/BF02278710).
 * @returns the column of each row, -1 for those that stay alone. Of equal sums one is taken, always the same for the same input.
 * Cost: about the edges touched by each path times the logarithm of their number; small where the graph falls into small parts.
 */
export function assign({ start, column, score, columns }: SparseScores): Int32Array {
  const rows = start.length - 1;
  const columnOf = new Int32Array(rows).fill(-1);
  const rowOf = new Int32Array(columns).fill(-1);
  const rowPrice = new Float64Array(rows);
  const columnPrice = new Float64Array(columns);
  const largest = score.reduce((most, value) => Math.max(most, value), 0);
  const distance = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  const cameFrom = new Int32Array(columns).fill(-1);
  const isDone = new Uint8Array(columns);

  for (let first = 0; first < rows; first++) {
    const touched: number[] = [];
    const heap = new Heap();
    const visitedRows: { row: number; at: number }[] = [];
    let row = first;
    let at = 0;
    // Staying alone costs `largest` for every row.
    let best = Number.POSITIVE_INFINITY;
    let bestRow = -1;
    let bestColumn = -1;
    for (;;) {
      visitedRows.push({ row, at });
      const alone = at + largest - rowPrice[row]!;
      if (alone < best) {
        best = alone;
        bestRow = row;
        bestColumn = -1;
      }
      for (let edge = start[row]!; edge < start[row + 1]!; edge++) {
        const to = column[edge]!;
        if (isDone[to]) continue;
        const reach = at + largest - score[edge]! - rowPrice[row]! - columnPrice[to]!;
        if (reach >= distance[to]! || reach >= best) continue;
        if (distance[to] === Number.POSITIVE_INFINITY) touched.push(to);
        distance[to] = reach;
        cameFrom[to] = row;
        heap.push(reach, to);
      }
      let next = heap.pop();
      while (next && (isDone[next.item] || next.key > distance[next.item]!)) next = heap.pop();
      if (!next || next.key >= best) break;
      isDone[next.item] = 1;
      if (rowOf[next.item] === -1) {
        best = next.key;
        bestColumn = next.item;
        bestRow = cameFrom[next.item]!;
        break;
      }
      row = rowOf[next.item]!;
      at = next.key;
    }
    for (const visited of visitedRows) rowPrice[visited.row]! += best - visited.at;
    for (const to of touched) if (isDone[to] && distance[to]! < best) columnPrice[to]! -= best - distance[to]!;
    // Walk back, each row on the way giving its column to the one before.
    let end = bestRow;
    let give = bestColumn;
    for (;;) {
      const before = columnOf[end]!;
      columnOf[end] = give;
      if (give !== -1) rowOf[give] = end;
      if (end === first) break;
      give = before;
      end = cameFrom[before]!;
    }
    for (const to of touched) {
      distance[to] = Number.POSITIVE_INFINITY;
      isDone[to] = 0;
    }
  }
  return columnOf;
}

/** Smallest key first. */
class Heap {
  readonly #keys: number[] = [];
  readonly #items: number[] = [];

  push(key: number, item: number): void {
    const [keys, items] = [this.#keys, this.#items];
    let at = keys.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (keys[above]! <= key) break;
      keys[at] = keys[above]!;
      items[at] = items[above]!;
      at = above;
    }
    keys[at] = key;
    items[at] = item;
  }

  pop(): { key: number; item: number } | undefined {
    const [keys, items] = [this.#keys, this.#items];
    if (keys.length === 0) return undefined;
    const top = { key: keys[0]!, item: items[0]! };
    const key = keys.pop()!;
    const item = items.pop()!;
    if (keys.length === 0) return top;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= keys.length) break;
      if (below + 1 < keys.length && keys[below + 1]! < keys[below]!) below++;
      if (keys[below]! >= key) break;
      keys[at] = keys[below]!;
      items[at] = items[below]!;
      at = below;
    }
    keys[at] = key;
    items[at] = item;
    return top;
  }
}
