type Ring = readonly (readonly number[])[];

/** Polygons as GeoJSON writes them: areas, each of one or more polygons, each of rings. */
export type Shapes = readonly (readonly (readonly Ring[])[])[];

const key = (point: readonly number[]): string => `${(point[0] as number).toFixed(6)},${(point[1] as number).toFixed(6)}`;

/**
 * The outline around areas that touch: every edge that only one ring has, joined into lines. An edge that two neighbours share lies inside and is left out.
 * Where borders do not meet vertex on vertex an inner line remains. O(vertices).
 */
export function outerOutline(shapes: Shapes): number[][][] {
  const edges = new Map<string, { from: readonly number[]; to: readonly number[] }>();
  for (const ring of shapes.flat(2)) {
    for (let i = 0; i + 1 < ring.length; i += 1) {
      const from = ring[i] as readonly number[];
      const to = ring[i + 1] as readonly number[];
      const [a, b] = [key(from), key(to)];
      if (a === b) continue;
      const name = a < b ? `${a} ${b}` : `${b} ${a}`;
      if (edges.has(name)) edges.delete(name);
      else edges.set(name, { from, to });
    }
  }
  return joined([...edges.values()]);
}

function joined(edges: readonly { from: readonly number[]; to: readonly number[] }[]): number[][][] {
  const leaving = new Map<string, number[]>();
  edges.forEach((edge, index) => {
    const at = key(edge.from);
    leaving.set(at, [...(leaving.get(at) ?? []), index]);
  });
  const isUsed = new Uint8Array(edges.length);
  const lines: number[][][] = [];
  for (let start = 0; start < edges.length; start += 1) {
    if (isUsed[start]) continue;
    const first = edges[start] as { from: readonly number[]; to: readonly number[] };
    const line: number[][] = [[...first.from]];
    for (let next: number | undefined = start; next !== undefined; ) {
      isUsed[next] = 1;
      const end: readonly number[] = (edges[next] as { to: readonly number[] }).to;
      line.push([...end]);
      next = leaving.get(key(end))?.find((index) => !isUsed[index]);
    }
    lines.push(line);
  }
  return lines;
}
