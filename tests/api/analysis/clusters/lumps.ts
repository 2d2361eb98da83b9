import { seededRandom } from "../../../fixtures/random.ts";

const random = seededRandom(17);
const points = Array.from({ length: 600 }, (_, i) => {
  const centre = i % 7;
  const spread = centre === 6 ? 5000 : 150 * centre + 20;
  return [(random() - 0.5) * spread + 900 * centre, (random() - 0.5) * spread, Math.floor(200 * random())] as const;
});

/** 600 seeded points: six lumps from dense to loose, and scatter; days 0 to 199. */
export const lumps = {
  x: Float64Array.from(points, ([x]) => x),
  y: Float64Array.from(points, ([, y]) => y),
  days: Float64Array.from(points, ([, , day]) => day),
};

/** Points of a lattice of 10 m, on which distances are equal again and again; several on one spot. */
export function lattice(count: number, seed: number): { x: Float64Array; y: Float64Array; days: Float64Array } {
  const next = seededRandom(seed);
  const draw = (limit: number): Float64Array => Float64Array.from({ length: count }, () => Math.floor(limit * next()));
  return { x: draw(16).map((step) => 10 * step), y: draw(16).map((step) => 10 * step), days: draw(9) };
}

/** All points in an order of their own. */
export function shuffled(count: number, seed: number): number[] {
  const next = seededRandom(seed);
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor((i + 1) * next());
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
