import { edgesOf, islandsOf, type Weights, weightsFromEdges, weightsFromPairs } from "../analysis/neighbours/weights.ts";
import type { Inputs } from "../contract/processes.ts";
import type { DrawnContiguity } from "./drawnContiguity.ts";
import type { Frame, Outcome } from "./frame.ts";
import { readSample, readWeights, type Sample, type WeightsSource } from "./sample.ts";

/** Rook neighbours share so much border within so short a distance; a larger tolerance stretches both, or every corner would be a side. */
const keptBorderWithinMetres = 30;
const keptBorderMetres = 100;

/** Builds the weights that a source describes; points are worked out in a thread. */
export async function buildWeights(frame: Frame, sample: Sample, source: WeightsSource): Promise<Weights> {
  const n = sample.codes.length;
  if (source.kind === "pairs") return weightsFromPairs(n, source.from, source.to);
  if (source.kind === "edges") return weightsFromEdges(n, source.from, source.to, source.weight);
  if (source.kind === "polygons") return buildDrawn(frame, n, source);
  const { longitude, latitude } = source;
  if (source.rule === "knn") return frame.pool.run("nearestNeighbours", [longitude, latitude, Math.min(source.k, n - 1)], frame.signal);
  return frame.pool.run(source.rule === "distance" ? "distanceBand" : "kernelWeights", [longitude, latitude, source.metres], frame.signal);
}

/** Neighbours found anew in the shapes; above village level two areas are neighbours where any of their villages are. */
async function buildDrawn(frame: Frame, n: number, { polygons, areaOf, isRookOnly, toleranceMetres }: DrawnContiguity): Promise<Weights> {
  const stretch = Math.max(1, toleranceMetres / keptBorderWithinMetres);
  const options = {
    gapMetres: toleranceMetres,
    borderWithinMetres: keptBorderWithinMetres * stretch,
    borderMetres: keptBorderMetres * stretch,
  };
  const pairs = await frame.pool.run("findNeighbours", [polygons, options], frame.signal);
  const chosen = (ends: Int32Array): Int32Array =>
    ends.filter((_, pair) => !isRookOnly || pairs.rook[pair] === 1).map((village) => areaOf[village] ?? -1);
  return weightsFromPairs(n, chosen(pairs.from), chosen(pairs.to));
}

/** The process `weights`: the edges themselves and the islands. */
export async function assessWeights(frame: Frame, inputs: Inputs<"weights">): Promise<Outcome> {
  const { areas, level, border, ...rule } = inputs;
  const sample = await readSample(frame.database, { areas, level, border }, frame.scope);
  const weights = await buildWeights(frame, sample, await readWeights(frame.database, sample, rule));
  const edges = edgesOf(weights);
  const named = (index: number | undefined): string => sample.codes[index ?? -1] ?? "";
  const from: string[] = [];
  const to: string[] = [];
  const weight: number[] = [];
  edges.from.forEach((source, index) => {
    if (sample.reported[source] !== 1) return;
    from.push(named(source));
    to.push(named(edges.to[index]));
    weight.push(edges.weight[index] ?? 0);
  });
  return {
    inputs: { ...inputs },
    seed: 0,
    codes: sample.codes.filter((_, index) => sample.reported[index] === 1),
    columns: {},
    summary: {
      n: sample.codes.length,
      edges: { from, to, weight },
      islands: islandsOf(weights)
        .filter((index) => sample.reported[index] === 1)
        .map(named),
    },
    warnings: [],
    hashed: [edges.from, edges.to, edges.weight],
  };
}
