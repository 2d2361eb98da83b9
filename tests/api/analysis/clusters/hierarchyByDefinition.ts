import type { HdbscanInput } from "../../../../api/analysis/clusters/hdbscan.ts";

interface Node {
  readonly members: readonly number[];
  readonly birth: number;
  readonly children: Node[];
  /** Density at which each member left. */
  readonly left: Map<number, number>;
}

/**
 * HDBSCAN as its definition reads: the graph of all mutual reachability distances loses its longest edges, all of one length at a time, and is looked at anew after each;
 * then the clusters that do not overlap are chosen that have the largest excess of mass together.
 */
export function hierarchyByDefinition({ x, y, minPoints, resolutionMetres }: HdbscanInput): { cluster: number[]; probability: number[] } {
  const all = [...x.keys()];
  const apart = (i: number, j: number): number => (x[i]! - x[j]!) ** 2 + (y[i]! - y[j]!) ** 2;
  const core = all.map((i) => all.map((j) => apart(i, j)).sort((a, b) => a - b)[minPoints - 1]!);
  const reach = all.map((i) => all.map((j) => Math.sqrt(Math.max(apart(i, j), core[i]!, core[j]!, resolutionMetres ** 2))));
  const lengths = [...new Set(reach.flatMap((row, i) => row.filter((_, j) => j !== i)))].sort((a, b) => b - a);

  const parts = (members: readonly number[], below: number): number[][] => {
    const open = new Set(members);
    const found: number[][] = [];
    for (const start of members) {
      if (!open.delete(start)) continue;
      const part = [start];
      for (const i of part)
        for (const j of [...open]) {
          if (reach[i]![j]! >= below) continue;
          open.delete(j);
          part.push(j);
        }
      found.push(part);
    }
    return found;
  };
  const clusters: Node[] = [];
  const grow = (members: readonly number[], birth: number): Node => {
    const node: Node = { members, birth, children: [], left: new Map() };
    clusters.push(node);
    let left = members;
    for (const length of lengths) {
      if (left.length === 0) break;
      const now = parts(left, length);
      const large = now.filter((part) => part.length >= minPoints);
      for (const part of now) if (part.length < minPoints || large.length > 1) for (const i of part) node.left.set(i, 1 / length);
      if (large.length > 1) for (const part of large) node.children.push(grow(part, 1 / length));
      left = large.length === 1 ? large[0]! : [];
    }
    return node;
  };
  const root = grow(all, 0);
  const excess = (node: Node): number => node.members.reduce((sum, i) => sum + node.left.get(i)! - node.birth, 0);
  // Of equal choices the one with fewer, larger clusters.
  const best = (node: Node): { mass: number; nodes: Node[] } => {
    const inside = node.children.map(best);
    const mass = inside.reduce((sum, choice) => sum + choice.mass, 0);
    const own = excess(node);
    return node !== root && own >= mass - 1e-9 * mass
      ? { mass: own, nodes: [node] }
      : { mass, nodes: inside.flatMap((choice) => choice.nodes) };
  };
  const cluster = all.map(() => -1);
  const probability = all.map(() => 0);
  best(root).nodes.forEach((node, number) => {
    const end = Math.max(...node.left.values());
    for (const i of node.members) {
      cluster[i] = number;
      probability[i] = node.left.get(i)! / end;
    }
  });
  return { cluster, probability };
}
