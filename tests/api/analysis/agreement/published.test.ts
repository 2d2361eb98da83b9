import { describe, expect, it } from "vitest";
import { moranI } from "../../../../api/analysis/autocorrelation/moranI.ts";
import { getisOrdGi, getisOrdGiStar } from "../../../../api/analysis/hotspots/getisOrd.ts";
import { localMoran } from "../../../../api/analysis/hotspots/localMoran.ts";
import { rowStandardised } from "../../../../api/analysis/neighbours/weights.ts";
import { crudeRates } from "../../../../api/analysis/rates/crude.ts";
import { rateMoments } from "../../../../api/analysis/rates/empiricalBayes.ts";
import { standardisedRates } from "../../../../api/analysis/rates/standardisedRate.ts";
import { hasOutside } from "../../../fixtures/outside.ts";
import { gridLists } from "../grid.ts";
import { disagreement, json, weightsOfLists } from "../reference.ts";
import { columbus, northCarolina } from "./textbookMaps.ts";

interface Published {
  readonly getis_ord_six_points: {
    readonly points: readonly [number, number][];
    readonly band: number;
    readonly y: readonly number[];
    readonly G: number;
    readonly gi_z_binary: readonly number[];
    readonly gi_star_z_binary: readonly number[];
  };
  readonly assuncao_reis: {
    readonly events: readonly number[];
    readonly population: readonly number[];
    readonly standardised: readonly number[];
  };
  readonly rook_lattice_3x3: { readonly VI_rand: number; readonly VI_norm: number };
  readonly columbus_crime: { readonly z: number; readonly V: number };
  readonly nc_sids_raw_rate: { readonly I: number; readonly z: number; readonly EBest_a: number; readonly EBest_b: number };
  readonly geoda_six: {
    readonly data: readonly number[];
    readonly neighbours: readonly (readonly number[])[];
    readonly local_moran: readonly number[];
    readonly G: readonly number[];
    readonly G_star: readonly number[];
  };
}

/** Ours equal what was printed, to half a unit of its last digit. */
function asPrinted(actual: ArrayLike<number>, printed: readonly (number | null)[], decimals: number): void {
  expect(actual.length).toBe(printed.length);
  printed.forEach((value, i) => {
    if (value === null) expect(actual[i]).toBeNaN();
    else expect(Math.abs(actual[i]! - value)).toBeLessThan(0.51 * 10 ** -decimals);
  });
}

// The sources print 7 to 16 digits, so that is how close these can be compared; the same kernels are held to 1e-10 on Jombang.
describe.skipIf(!hasOutside)("agreement with what others publish", () => {
  const published = hasOutside ? json<Published>("published") : null!;

  it("nothing in the file is left out", () => {
    expect(Object.keys(published).sort()).toEqual(
      ["assuncao_reis", "columbus_crime", "geoda_six", "getis_ord_six_points", "nc_sids_raw_rate", "rook_lattice_3x3"].sort(),
    );
  });

  it("six points of Getis and Ord, global G: the sum of neighbours' products over all products, which Gi's own values give", () => {
    const { points, band, y, G } = published.getis_ord_six_points;
    const values = Float64Array.from(y);
    const total = values.reduce((sum, value) => sum + value, 0);
    // G = sum of own × neighbours / sum of own × others; Gi = neighbours / others.
    const local = getisOrdGi(values, weightsOfLists(nearLists(points, band))).value;
    const products = values.map((own) => own * (total - own));
    const ours = products.reduce((sum, product, i) => sum + product * local[i]!, 0) / products.reduce((sum, product) => sum + product, 0);
    asPrinted([ours], [G], 8);
  });

  it("six points of Getis and Ord: z of Gi and Gi*", () => {
    const { points, band, y, gi_z_binary, gi_star_z_binary } = published.getis_ord_six_points;
    const weights = weightsOfLists(nearLists(points, band));
    asPrinted(getisOrdGi(Float64Array.from(y), weights).z, gi_z_binary, 8);
    asPrinted(getisOrdGiStar(Float64Array.from(y), weights).z, gi_star_z_binary, 8);
  });

  it("standardised rates of PySAL's smoothing test, of which it prints the first four", () => {
    const { events, population, standardised } = published.assuncao_reis;
    asPrinted(standardisedRates(Float64Array.from(events), Float64Array.from(population)).slice(0, 4), standardised, 8);
  });

  it("1 to 9 on a lattice, binary: the variance of I under both assumptions, to 1e-10", () => {
    const { variance, varianceNormality } = moranI(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), weightsOfLists(gridLists(3, 3)));
    const { VI_rand, VI_norm } = published.rook_lattice_3x3;
    expect(disagreement([variance, varianceNormality], [VI_rand, VI_norm], 1e-10)).toBeLessThan(1);
  });

  it("crime in Columbus: z and variance of I", () => {
    const { z, variance } = moranI(Float64Array.from(columbus.crime), rowStandardised(weightsOfLists(columbus.queen)));
    asPrinted([z, variance], [published.columbus_crime.z, published.columbus_crime.V], 9);
  });

  it("infant deaths in North Carolina: I and z of the rate, and Marshall's two moments", () => {
    const [deaths, births] = [Float64Array.from(northCarolina.deaths), Float64Array.from(northCarolina.births)];
    const { I, z, EBest_a, EBest_b } = published.nc_sids_raw_rate;
    const weights = weightsOfLists(northCarolina.queen);
    expect(weights.targets.length).toBe(490);
    const found = moranI(crudeRates(deaths, births), rowStandardised(weights));
    asPrinted([found.moranI, found.z], [I, z], 9);
    const { variance, mean } = rateMoments(deaths, births);
    asPrinted([variance * 1e7, mean * 1e3], [EBest_a * 1e7, EBest_b * 1e3], 6);
    // The same from R spdep 1.2-7 with all its digits.
    expect(
      disagreement(
        [found.moranI, found.z, variance, mean],
        [0.2309104488458578, 3.780073771171802, 7.692930647014651e-7, 0.002021444893654421],
        1e-10,
      ),
    ).toBeLessThan(1);
  });

  it("GeoDa's six areas: Local Moran, G and G*, but for the island, which has none here", () => {
    const { data, neighbours, local_moran, G, G_star } = published.geoda_six;
    const y = Float64Array.from(data);
    const weights = weightsOfLists(neighbours);
    const known = (column: readonly number[]): (number | null)[] => column.map((value, i) => (neighbours[i]!.length === 0 ? null : value));
    asPrinted(localMoran(y, weights).value, known(local_moran), 8);
    // GeoDa averages where the sum is taken here: its G times neighbours, its G* times neighbours and self.
    const averaged = (column: Float64Array, own: number): Float64Array => column.map((value, i) => value / (neighbours[i]!.length + own));
    asPrinted(averaged(getisOrdGi(y, weights).value, 0), known(G), 8);
    asPrinted(averaged(getisOrdGiStar(y, weights).value, 1), known(G_star), 8);
  });
});

const nearLists = (points: readonly [number, number][], band: number): number[][] =>
  points.map(([x, up], i) =>
    points.flatMap(([otherX, otherUp], j) => (i !== j && Math.hypot(otherX - x, otherUp - up) <= band ? [j] : [])),
  );
