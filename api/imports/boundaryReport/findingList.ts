import { type FindingKindId, findingKindIds } from "../../contract/boundaryFindingKinds.ts";
import { type BoundaryFinding, findingDefinitions } from "../../contract/boundaryReport.ts";
import type { KeptFinding } from "../../queries/boundaryFindings.ts";
import { shapeGeojson } from "../writeShape.ts";
import type { Polygons, Region, Tally } from "./checks.ts";

/** What is known of one finding; the rest is null. */
export type Found = Partial<Omit<BoundaryFinding, "number" | "kind" | "severity" | "message">> & { readonly polygons?: Polygons };

interface Kind {
  total: number;
  squareMetres: number | null;
  slivers: number | null;
  readonly kept: Found[];
}

/** How many of a kind there are, and how many of them are kept. */
export interface KindCount extends Omit<Kind, "kept"> {
  readonly kind: FindingKindId;
  readonly kept: number;
}

/** Width and compactness of a region, as the contract defines them. */
export function thinnessOf({ squareMetres, perimeterMetres }: Region): { widthMetres: number; compactness: number; isSliver: boolean } {
  const widthMetres = (2 * squareMetres) / perimeterMetres;
  const compactness = (4 * Math.PI * squareMetres) / (perimeterMetres * perimeterMetres);
  const { sliverWidthMetres, sliverCompactness } = findingDefinitions;
  return { widthMetres, compactness, isSliver: widthMetres < sliverWidthMetres && compactness < sliverCompactness };
}

/** The middle of the first shell's box: a place to look at. */
function middleOf(polygons: Polygons): [number, number] {
  const shell = polygons[0]?.[0];
  if (!shell) throw new Error("a region without a ring");
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < shell.length; i += 2) {
    west = Math.min(west, shell[i]!);
    east = Math.max(east, shell[i]!);
    south = Math.min(south, shell[i + 1]!);
    north = Math.max(north, shell[i + 1]!);
  }
  return [Math.round((west + east) / 2) / 1e6, Math.round((south + north) / 2) / 1e6];
}

/** Gathers the findings of one import, all counted, of each kind a bounded number kept. Has a life: it grows while the file is checked. */
export class FindingList {
  readonly #kinds = new Map<FindingKindId, Kind>(
    findingKindIds.map((id) => [id, { total: 0, squareMetres: null, slivers: null, kept: [] }]),
  );

  /** One finding; beyond the bound it is only counted. */
  add(kind: FindingKindId, found: Found): void {
    const of = this.#kinds.get(kind)!;
    of.total++;
    if (found.squareMetres !== undefined && found.squareMetres !== null) of.squareMetres = (of.squareMetres ?? 0) + found.squareMetres;
    if (of.kept.length < findingDefinitions.keptOfEachKind) of.kept.push(found);
  }

  /** Findings counted elsewhere, of which only the largest are at hand. */
  addTally<Kept extends Region>(kind: FindingKindId, tally: Tally<Kept>, found: (kept: Kept) => Found): void {
    const of = this.#kinds.get(kind)!;
    of.total += tally.total;
    of.slivers = (of.slivers ?? 0) + tally.slivers;
    of.squareMetres = (of.squareMetres ?? 0) + tally.squareMetres;
    for (const kept of tally.kept.slice(0, findingDefinitions.keptOfEachKind - of.kept.length))
      of.kept.push({ ...thinnessOf(kept), squareMetres: kept.squareMetres, polygons: kept.polygons, ...found(kept) });
  }

  counts(): KindCount[] {
    return findingKindIds.map((kind) => {
      const { kept, ...counted } = this.#kinds.get(kind)!;
      return { kind, ...counted, kept: kept.length };
    });
  }

  /** What is kept, numbered from 1, kind by kind. */
  *kept(): Generator<KeptFinding> {
    let number = 0;
    for (const [kind, { kept }] of this.#kinds) {
      for (const { polygons, position, ...found } of kept) {
        const place = position ?? (polygons ? middleOf(polygons) : null);
        yield {
          number: ++number,
          kind,
          code: found.code ?? null,
          otherCode: found.otherCode ?? null,
          content: JSON.stringify({ ...rounded(found), position: place }),
          geojson: polygons ? shapeGeojson({ polygons }) : place ? JSON.stringify({ type: "Point", coordinates: place }) : null,
        };
      }
    }
  }
}

/** Measures with as many digits as they are right to. */
function rounded(found: Found): Found {
  return Object.fromEntries(
    Object.entries(found).map(([field, value]) => [
      field,
      typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value,
    ]),
  );
}
