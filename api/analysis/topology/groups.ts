import Flatbush from "flatbush";

/**
 * Splits areas into groups between which no two bounding boxes meet, so that overlaps and gaps of one have nothing to do with another.
 * `boxes` as by `boundingBoxes`, `sizes` the number of vertices of each area. Small groups go together until they have `mostVertices`; a larger one stays whole.
 * Areas without rings are left out. The largest group comes first. Cost: O(n log n).
 */
export function separateGroups(boxes: Float64Array, sizes: Int32Array, mostVertices: number): Int32Array[] {
  const drawn = Int32Array.from(sizes, (_, i) => i).filter((i) => boxes[4 * i]! <= boxes[4 * i + 2]!);
  if (drawn.length === 0) return [];
  const index = new Flatbush(drawn.length);
  for (const i of drawn) index.add(boxes[4 * i]!, boxes[4 * i + 1]!, boxes[4 * i + 2]!, boxes[4 * i + 3]!);
  index.finish();
  const group = new Int32Array(sizes.length).fill(-1);
  const groups: { members: number[]; vertices: number }[] = [];
  for (const first of drawn) {
    if (group[first] !== -1) continue;
    const number = groups.length;
    const members = [first];
    group[first] = number;
    let size = 0;
    for (let at = 0; at < members.length; at++) {
      const i = members[at]!;
      size += sizes[i]!;
      for (const hit of index.search(boxes[4 * i]!, boxes[4 * i + 1]!, boxes[4 * i + 2]!, boxes[4 * i + 3]!)) {
        const other = drawn[hit]!;
        if (group[other] !== -1) continue;
        group[other] = number;
        members.push(other);
      }
    }
    groups.push({ members, vertices: size });
  }
  const parts: { members: number[]; vertices: number }[] = [];
  for (const next of groups.sort((a, b) => b.vertices - a.vertices)) {
    const last = parts.at(-1);
    if (last && last.vertices + next.vertices <= mostVertices) {
      for (const member of next.members) last.members.push(member);
      last.vertices += next.vertices;
    } else parts.push({ members: [...next.members], vertices: next.vertices });
  }
  return parts.map(({ members }) => Int32Array.from(members).sort());
}
