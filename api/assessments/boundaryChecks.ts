import { setMaxListeners } from "node:events";
import { boundingBoxes, type FlatPolygons } from "../analysis/neighbours/polygons.ts";
import type { DrawingFaults } from "../analysis/topology/checkDrawing.ts";
import type { Move } from "../analysis/topology/moves.ts";
import { type Tally, type TopologyOptions, verticesOf } from "../analysis/topology/overlapsAndGaps.ts";
import { findHolesOutside } from "../analysis/topology/rings.ts";
import type { Pool } from "./pool.ts";

/** Villages of the Indonesian archipelago fall into some 15 groups of this size and two larger ones, Java and Sumatra. */
const verticesPerGroup = 200_000;
/** So that no more than this many large groups are in memory at a time. */
const groupsAtATime = 2;

interface Watch {
  readonly signal: AbortSignal;
  /** Called with the share done, 0 to 1. */
  readonly progress: (share: number) => void;
}

/** The checks of drawn boundaries, run in worker threads: what an import of boundaries is handed. */
export function boundaryChecksOn(pool: Pool) {
  return {
    findHolesOutside,
    measureMoves: (before: FlatPolygons, after: FlatPolygons, signal: AbortSignal): Promise<Move[]> =>
      pool.run("measureMoves", [before, after], signal),
    /** Overlaps, gaps, slivers and reference points, group of islands by group, at most two groups at a time. */
    checkDrawing: async (
      polygons: FlatPolygons,
      { longitude, latitude, changed }: { longitude: Float64Array; latitude: Float64Array; changed: Uint8Array },
      options: Omit<TopologyOptions, "changed">,
      { signal, progress }: Watch,
    ): Promise<DrawingFaults> => {
      const sizes = Int32Array.from({ length: polygons.n }, (_, i) => verticesOf(polygons, i));
      const groups = await pool.run("separateGroups", [boundingBoxes(polygons), sizes, verticesPerGroup], signal);
      const found: DrawingFaults[] = [];
      const failed = new AbortController();
      const ended = AbortSignal.any([signal, failed.signal]);
      // Every group listens, and they are many on purpose.
      setMaxListeners(0, ended);
      const total = groups.reduce((sum, { length }) => sum + length, 0);
      let done = 0;
      const waiting = groups.entries();
      const work = async (): Promise<void> => {
        for (const [at, members] of waiting) {
          const of = (values: Float64Array): Float64Array => Float64Array.from(members, (i) => values[i]!);
          const faults = await pool.run(
            "checkDrawing",
            [polygons, { longitude: of(longitude), latitude: of(latitude) }, { ...options, members, changed }],
            ended,
          );
          found[at] = faults;
          done += members.length;
          progress(done / total);
        }
      };
      try {
        await Promise.all(Array.from({ length: groupsAtATime }, work));
      } catch (error) {
        failed.abort();
        throw error;
      }
      const metresOutside = new Float64Array(polygons.n).fill(Number.NaN);
      for (const [at, members] of groups.entries()) for (const [k, i] of members.entries()) metresOutside[i] = found[at]!.metresOutside[k]!;
      return {
        overlaps: joined(
          found.map(({ overlaps }) => overlaps),
          options.kept,
        ),
        gaps: joined(
          found.map(({ gaps }) => gaps),
          options.kept,
        ),
        slivers: joined(
          found.map(({ slivers }) => slivers),
          options.kept,
        ),
        metresOutside,
      };
    },
  };
}

/** Tallies of several groups as one: all counted, the largest kept. */
function joined<Kept extends { readonly squareMetres: number }>(tallies: readonly Tally<Kept>[], kept: number): Tally<Kept> {
  const sum = (of: (tally: Tally<Kept>) => number): number => tallies.reduce((total, tally) => total + of(tally), 0);
  return {
    total: sum(({ total }) => total),
    slivers: sum(({ slivers }) => slivers),
    squareMetres: sum(({ squareMetres }) => squareMetres),
    kept: tallies
      .flatMap((tally) => tally.kept)
      .sort((a, b) => b.squareMetres - a.squareMetres)
      .slice(0, kept),
  };
}
