import { createRandom } from "../significance/random.ts";
import { drawGammas } from "./gammaDraw.ts";

const concentration = 50;

/**
 * Draws of the component weights from a Dirichlet distribution around the official ones (concentration 50), by which components an area has: bit c of `pattern` for
 * component c. Gives `draws` shares of the first component, then of the second, …, adding up to 1 in each draw; 0 for components that the area lacks.
 *
 * Why: the office's weights are a judgement, so the bounds of a score ought to say how far it hangs on them. In words: a gamma draw a component, of shape
 * concentration × weight, over their sum; every pattern shares the same gamma draws. Cost: O(draws × components) a pattern.
 */
export function drawComponentShares(
  componentWeights: readonly number[],
  draws: number,
  seed: number,
  stream: number,
): (pattern: number) => Float64Array {
  const random = createRandom(seed, stream);
  const words = new Uint32Array(draws);
  const raw = componentWeights.map((weight) => {
    const drawn = new Float64Array(draws);
    const shape = concentration * weight;
    if (shape === 0) return drawn;
    drawGammas(shape >= 1 ? shape : shape + 1, random, drawn, words);
    // Below shape 1 a draw of shape + 1 is shrunk by a power of a uniform number.
    return shape >= 1 ? drawn : drawn.map((value) => value * (1 - random.unit()) ** (1 / shape));
  });
  const made = new Map<number, Float64Array>();
  return (pattern) => {
    const known = made.get(pattern);
    if (known) return known;
    const shares = new Float64Array(raw.length * draws);
    for (let draw = 0; draw < draws; draw++) {
      let sum = 0;
      raw.forEach((column, c) => {
        if (pattern & (1 << c)) sum += column[draw]!;
      });
      raw.forEach((column, c) => {
        if (pattern & (1 << c) && sum > 0) shares[c * draws + draw] = column[draw]! / sum;
      });
    }
    made.set(pattern, shares);
    return shares;
  };
}
