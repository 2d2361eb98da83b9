import { findingDefinitions } from "../../contract/boundaryReport.ts";
import { type DrawnVillages, type NeighbourPairs, stagedMarks } from "../borders.ts";
import type { BoundaryChecks } from "./checks.ts";
import type { FindingList } from "./findingList.ts";
import type { FileArea } from "./readFindings.ts";

interface Drawing {
  readonly drawn: DrawnVillages;
  /** All pairs with at least one staged village that are at most 10 m apart. */
  readonly pairs: Promise<NeighbourPairs>;
  readonly areas: ReadonlyMap<string, FileArea>;
  /** Name of any village drawn, of the file or loaded. */
  readonly nameOf: (code: string) => string | null;
  /** Whether the sender may know of a village. */
  readonly isWithin: (code: string) => boolean;
  readonly checks: BoundaryChecks;
  readonly signal: AbortSignal;
  readonly progress: (share: number) => void;
}

/** Overlaps, gaps, slivers, reference points outside and islands among the villages of the file and those loaded beside them. */
export async function addDrawingFindings(list: FindingList, drawing: Drawing): Promise<void> {
  const { codes, staged, polygons } = drawing.drawn;
  const point = (axis: 0 | 1): Float64Array =>
    Float64Array.from(codes, (code, i) => (i < staged ? (drawing.areas.get(code)?.point?.[axis] ?? Number.NaN) : Number.NaN));
  const faults = await drawing.checks.checkDrawing(
    polygons,
    { longitude: point(0), latitude: point(1), changed: stagedMarks(drawing.drawn) },
    { ...findingDefinitions, kept: findingDefinitions.keptOfEachKind },
    drawing,
  );
  const isKnown = (i: number): boolean => drawing.isWithin(codes[i]!);
  const named = (i: number) => {
    const code = codes[i]!;
    return { code, name: drawing.nameOf(code), row: drawing.areas.get(code)?.row ?? null };
  };
  list.addTally("overlap", faults.overlaps, ({ one, other }) => {
    // Ascending, and never an unknown one first.
    const [first, second] = [one, other].sort((a, b) => Number(isKnown(b)) - Number(isKnown(a)) || (codes[a]! < codes[b]! ? -1 : 1));
    const beside = isKnown(second!) ? named(second!) : null;
    return { ...named(first!), otherCode: beside?.code ?? null, otherName: beside?.name ?? null };
  });
  list.addTally("gap", faults.gaps, ({ around }) => {
    const known = around.filter(isKnown).map((i) => codes[i]!);
    return { code: known[0] ?? null, around: known };
  });
  list.addTally("sliver", faults.slivers, ({ area }) => named(area));

  const outside = Array.from(faults.metresOutside, (metres, i) => ({ metres, i }))
    .filter(({ metres }) => metres >= findingDefinitions.pointOutsideMetres)
    .sort((a, b) => b.metres - a.metres);
  for (const { metres, i } of outside) {
    const position = drawing.areas.get(codes[i]!)?.point ?? null;
    list.add("point_outside", { ...named(i), metres, position: position ? [...position] : null });
  }

  const pairs = await drawing.pairs;
  const hasNeighbour = new Uint8Array(codes.length);
  for (let k = 0; k < pairs.from.length; k++) {
    hasNeighbour[pairs.from[k]!] = 1;
    hasNeighbour[pairs.to[k]!] = 1;
  }
  for (let i = 0; i < staged; i++) {
    if (hasNeighbour[i] === 1) continue;
    const first = polygons.ringOffsets[polygons.areaOffsets[i]!]!;
    const position: [number, number] = [polygons.coordinates[2 * first]!, polygons.coordinates[2 * first + 1]!];
    list.add("island", { ...named(i), position });
  }
}
