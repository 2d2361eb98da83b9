/** Rook neighbours of a grid of areas, row after row. */
export function gridLists(width: number, height: number): number[][] {
  return Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const list: number[] = [];
    if (y > 0) list.push(i - width);
    if (x > 0) list.push(i - 1);
    if (x < width - 1) list.push(i + 1);
    if (y < height - 1) list.push(i + width);
    return list;
  });
}
