import { readFileSync } from "node:fs";
import { type Weights, weightsFromEdges } from "../../../api/analysis/neighbours/weights.ts";
import { outside } from "../../fixtures/outside.ts";

type Column = readonly (number | null)[];

/** Results of outside programs on Jombang: which program and version stands in each file's `meta.peer`. */
export interface Reference {
  readonly counts: Float64Array;
  readonly population: Float64Array;
  /** By exact shared vertex. */
  readonly queen: readonly (readonly number[])[];
  readonly weights: Weights;
  readonly pysal: {
    readonly globalMoran_W: {
      readonly I: number;
      readonly EI: number;
      readonly VI_rand: number;
      readonly z_rand: number;
      readonly p_rand: number;
    };
    readonly MoranRate: { readonly I: number; readonly z: number };
    readonly localMoran: { readonly I: Column };
    readonly Gi_z_binary: Column;
    readonly GiStar_z_binary: Column;
    readonly EB_global: Column;
    readonly EB_local: Column;
  };
  readonly spdep: {
    readonly Gi_z_binary: Column;
    readonly GiStar_z_binary: Column;
    readonly localMoran: { readonly Z_cond: Column };
    readonly EBI_moran: number;
  };
  readonly geoda: { readonly EB_standardised: Column };
  /** Directed p of 99,999 independent conditional permutations a village. */
  readonly localMoranP: Column;
}

export const json = <T>(name: string): T => JSON.parse(readFileSync(outside(`reference/${name}.json`), "utf8")) as T;

export function weightsOfLists(lists: readonly (readonly number[])[]): Weights {
  const from = lists.flatMap((list, i) => list.map(() => i));
  return weightsFromEdges(lists.length, Int32Array.from(from), Int32Array.from(lists.flat()));
}

export function readReference(): Reference {
  const rows = readFileSync(outside("reference/jombang_villages.csv"), "utf8").trim().split("\n").slice(1);
  const cells = rows.map((row) => row.replaceAll(/"[^"]*"/g, "name").split(","));
  const pysal = json<Reference["pysal"] & { queen: (number | number[])[] }>("jombang_pysal210");
  const queen = pysal.queen.map((list) => [list].flat());
  return {
    counts: Float64Array.from(cells, (row) => Number(row[4])),
    population: Float64Array.from(cells, (row) => Number(row[3])),
    queen,
    weights: weightsOfLists(queen),
    pysal,
    spdep: json("jombang_spdep"),
    geoda: json("jombang_geoda"),
    localMoranP: json<{ p: Column }>("jombang_localmoran_p_truth99999").p,
  };
}

export const published = (): {
  getis_ord_six_points: { points: [number, number][]; band: number; y: number[]; gi_z_binary: number[]; gi_star_z_binary: number[] };
  assuncao_reis: { events: number[]; population: number[]; standardised: number[] };
  rook_lattice_3x3: { VI_rand: number };
  geoda_six: { data: number[]; neighbours: number[][]; local_moran: number[]; G: number[]; G_star: number[] };
} => json("published");

/** The largest disagreement, as a multiple of what is tolerated (relative, plus 1e-12); a missing value against a number is infinitely far. */
export function disagreement(actual: ArrayLike<number>, expected: Column, relative: number): number {
  let worst = actual.length === expected.length ? 0 : Number.POSITIVE_INFINITY;
  expected.forEach((value, i) => {
    if (value === null) {
      if (!Number.isNaN(actual[i])) worst = Number.POSITIVE_INFINITY;
      return;
    }
    const off = Math.abs(actual[i]! - value) / (relative * Math.abs(value) + 1e-12);
    worst = Number.isNaN(off) ? Number.POSITIVE_INFINITY : Math.max(worst, off);
  });
  return worst;
}
