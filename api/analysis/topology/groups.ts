import Flatbush from "flatbush";
import { boundingBoxes, type FlatPolygons } from "../neighbours/polygons.ts";

/** Areas that can have to do with each other, taken out of a larger set. */
export interface Group {
  readonly polygons: FlatPolygons;
  /** Index in the larger set of each area of the group, ascending. */
  readonly members: Int32Array;
}

/**
 * Splits areas into groups between which no two bounding boxes meet, so that overlaps and gaps of one have nothing to do with another.
 * Small groups go together until they have `vertices`; a larger one stays whole. Areas without rings are left out. Cost: O(m log m).
 */
export function separateGroups(polygons: FlatPolygons, vertices: number): Int32Array[] {
  const boxes = boundingBoxes(polygons);
  const drawn = Int32Array.from({ length: polygons.n }, (_, i) => i).filter((i) => boxes[4 * i]! <= boxes[4 * i + 2]!);
  if (drawn.length === 0) return [];
  const index = new Flatbush(drawn.length);
  for (const i of drawn) index.add(boxes[4 * i]!, boxes[4 * i + 1]!, boxes[4 * i + 2]!, boxes[4 * i + 3]!);
  index.finish();
  const group = new Int32Array(polygons.n).fill(-1);
  const groups: { members: number[]; vertices: number }[] = [];
  for (const first of drawn) {
    if (group[first] !== -1) continue;
    const number = groups.length;
    const members = [first];
    group[first] = number;
    let size = 0;
    for (let at = 0; at < members.length; at++) {
      const i = members[at]!;
      size += polygons.ringOffsets[polygons.areaOffsets[i + 1]!]! - polygons.ringOffsets[polygons.areaOffsets[i]!]!;
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
    if (last && last.vertices + next.vertices <= vertices) {
      for (const member of next.members) last.members.push(member);
      last.vertices += next.vertices;
    } else parts.push({ members: [...next.members], vertices: next.vertices });
  }
  return parts.map(({ members }) => Int32Array.from(members).sort());
}

/** The given areas of a larger set, numbered anew in their order. Cost: O(their vertices). */
export function takenOut(polygons: FlatPolygons, members: Int32Array): Group {
  const rings: number[] = [];
  const areaOffsets = new Int32Array(members.length + 1);
  let vertices = 0;
  for (const [at, i] of members.entries()) {
    for (let ring = polygons.areaOffsets[i]!; ring < polygons.areaOffsets[i + 1]!; ring++) {
      rings.push(vertices);
      vertices += polygons.ringOffsets[ring + 1]! - polygons.ringOffsets[ring]!;
    }
    areaOffsets[at + 1] = rings.length;
  }
  const coordinates = new Float64Array(2 * vertices);
  let length = 0;
  for (const i of members) {
    const start = polygons.ringOffsets[polygons.areaOffsets[i]!]!;
    const end = polygons.ringOffsets[polygons.areaOffsets[i + 1]!]!;
    coordinates.set(polygons.coordinates.subarray(2 * start, 2 * end), length);
    length += 2 * (end - start);
  }
  return { members, polygons: { n: members.length, coordinates, ringOffsets: Int32Array.from([...rings, vertices]), areaOffsets } };
}
