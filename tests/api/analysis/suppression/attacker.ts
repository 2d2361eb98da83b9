import type { CrossTable, Told, ToldTable } from "../../../../api/analysis/suppression/suppressTable.ts";

/** A cell as finely as anyone could ask: row, column and group. */
export interface Place {
  readonly row: number;
  readonly column: number;
  readonly group: number;
}

export function placesOf(rows: number, columns: number, groups: number): Place[] {
  return Array.from({ length: rows * columns * groups }, (_, index) => ({
    row: Math.floor(index / (columns * groups)),
    column: Math.floor(index / groups) % columns,
    group: index % groups,
  }));
}

/** All that was told, each as the places it adds up (1 or 0 for every place). */
export function toldSums(told: ToldTable, columns: number, places: readonly Place[]): number[][] {
  const sums: number[][] = [];
  const keep = (value: Told | undefined, isIn: (place: Place) => boolean): void => {
    if (typeof value === "number") sums.push(places.map((place) => (isIn(place) ? 1 : 0)));
  };
  keep(told.total, () => true);
  told.rows.forEach((value, row) => {
    keep(value, (place) => place.row === row);
  });
  told.columns.forEach((value, column) => {
    keep(value, (place) => place.column === column);
  });
  told.cells.forEach((value, cell) => {
    keep(value, (place) => place.row * columns + place.column === cell);
  });
  told.groups.forEach((value, group) => {
    keep(value, (place) => place.group === group);
  });
  // A sum of nothing tells that each of its places is nothing.
  told.cells.forEach((value, cell) => {
    if (value === 0)
      for (const zero of places) if (zero.row * columns + zero.column === cell) sums.push(places.map((place) => (place === zero ? 1 : 0)));
  });
  return sums;
}

/** Row-reduced echelon form, by which whether a sum follows from others is a matter of subtracting. */
export function reduced(sums: readonly (readonly number[])[]): { readonly pivot: number; readonly line: number[] }[] {
  const lines: { pivot: number; line: number[] }[] = [];
  for (const sum of sums) {
    const left = remainder(sum, lines);
    const pivot = left.findIndex((value) => Math.abs(value) > 1e-9);
    if (pivot < 0) continue;
    const line = left.map((value) => value / (left[pivot] as number));
    for (const other of lines) {
      const factor = other.line[pivot] as number;
      other.line = other.line.map((value, index) => value - factor * (line[index] as number));
    }
    lines.push({ pivot, line });
  }
  return lines;
}

export function remainder(
  sum: readonly number[],
  lines: readonly { readonly pivot: number; readonly line: readonly number[] }[],
): number[] {
  let left = [...sum];
  for (const { pivot, line } of lines) {
    const factor = left[pivot] as number;
    if (factor !== 0) left = left.map((value, index) => value - factor * (line[index] as number));
  }
  return left;
}

/** Every table of counts that agrees with what was told, by trying; `total` is known. Where rows (columns) of nothing are told, one that is kept back holds at least 1. */
export function agreeingTables(table: CrossTable, told: ToldTable): number[][] {
  const areRowsAtLeastOne = told.rows.includes(0);
  const areColumnsAtLeastOne = told.columns.includes(0);
  const { rows, columns } = table;
  const total = told.total as number;
  const found: number[][] = [];
  const cells: number[] = [];
  const rowLeft = told.rows.map((value) => (typeof value === "number" ? value : total));
  const columnLeft = told.columns.map((value) => (typeof value === "number" ? value : total));
  const place = (index: number, left: number): void => {
    if (index === rows * columns) {
      if (left === 0 && agrees()) found.push([...cells]);
      return;
    }
    const [row, column] = [Math.floor(index / columns), index % columns];
    const value = told.cells[index];
    const most = Math.min(left, rowLeft[row] as number, columnLeft[column] as number);
    const tries = typeof value === "number" ? [value] : Array.from({ length: most + 1 }, (_, n) => n);
    for (const n of tries) {
      if (n > most) continue;
      cells.push(n);
      rowLeft[row] = (rowLeft[row] as number) - n;
      columnLeft[column] = (columnLeft[column] as number) - n;
      place(index + 1, left - n);
      rowLeft[row] = (rowLeft[row] as number) + n;
      columnLeft[column] = (columnLeft[column] as number) + n;
      cells.pop();
    }
  };
  const agrees = (): boolean =>
    told.rows.every((value, row) => (typeof value === "number" ? rowLeft[row] === 0 : !areRowsAtLeastOne || rowLeft[row] !== total)) &&
    told.columns.every((value, column) =>
      typeof value === "number" ? columnLeft[column] === 0 : !areColumnsAtLeastOne || columnLeft[column] !== total,
    );
  place(0, total);
  return found;
}
