import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { referenceBandwidth } from "../../../../api/analysis/density/bandwidth.ts";
import {
  adaptiveBandwidths,
  type CountedPoints,
  countedPoints,
  type PlaneGrid,
  quarticDensity,
} from "../../../../api/analysis/density/quarticDensity.ts";
import { seededRandom } from "../../../fixtures/random.ts";

const cellMetres = 50;
const side = 20;
const square: PlaneGrid = { columns: side, rows: side, cellMetres, inside: new Uint8Array(side * side).fill(1) };
/** Without its north-east quarter. */
const corner: PlaneGrid = { ...square, inside: square.inside.map((_, cell) => (cell % side >= 10 && cell >= 10 * side ? 0 : 1)) };
const x = Float64Array.of(25, 125, 125, 475, 525, 525, 775, 975, 975);
const y = Float64Array.of(25, 75, 825, 475, 475, 525, 225, 975, 425);
const each = (points: CountedPoints, bandwidth: number): Float64Array => new Float64Array(points.x.length).fill(bandwidth);
const at = (values: Float64Array, row: number, column: number): number => values[(row - 1) * side + column - 1]!;
const integral = (values: Float64Array, grid: PlaneGrid): number =>
  values.reduce((sum, value, cell) => sum + (grid.inside[cell] === 1 ? value : 0), 0) * (grid.cellMetres / 1000) ** 2;

/** Straight from the words: share of each point's hill inside, then the sum of hills over their shares. */
function bySums(points: CountedPoints, bandwidths: Float64Array, grid: PlaneGrid): Float64Array {
  const hill = (p: number, cell: number): number => {
    const dx = ((cell % grid.columns) + 0.5) * grid.cellMetres - points.x[p]!;
    const dy = (Math.floor(cell / grid.columns) + 0.5) * grid.cellMetres - points.y[p]!;
    const square = (dx * dx + dy * dy) / bandwidths[p]! ** 2;
    return square < 1 ? (1 - square) ** 2 : 0;
  };
  const cells = Array.from(grid.inside, (_, cell) => cell);
  const isBeside = (p: number): boolean =>
    cells.some(
      (cell) =>
        grid.inside[cell] === 1 &&
        Math.abs((cell % grid.columns) - Math.floor(points.x[p]! / grid.cellMetres)) <= 1 &&
        Math.abs(Math.floor(cell / grid.columns) - Math.floor(points.y[p]! / grid.cellMetres)) <= 1,
    );
  const shares = Array.from(points.x, (_, p) =>
    !isBeside(p) ? 0 : cells.reduce((sum, cell) => sum + grid.inside[cell]! * hill(p, cell), 0),
  );
  return Float64Array.from(cells, (cell) =>
    shares.reduce(
      (sum, share, p) => (share > 0 ? sum + (points.count[p]! * hill(p, cell)) / share / (grid.cellMetres / 1000) ** 2 : sum),
      0,
    ),
  );
}

describe("quartic density", () => {
  // R 4.2.2, spatstat.explore 3.0-6: density(X, sigma = 300 / sqrt(8), kernel = "quartic", diggle = TRUE, dimyx = 20) × 1e6; points on centres of cells, since spatstat moves them there.
  it("of nine points in a square equals spatstat's, row and column counted from the south-west", () => {
    const points = countedPoints(x, y);
    const { perKm2, outside } = quarticDensity(points, each(points, 300), square);
    expect(outside).toBe(0);
    (
      [
        [1, 1, 43.3195460713],
        [2, 3, 39.561965925],
        [10, 10, 30.097405255],
        [10, 11, 30.6621920275],
        [20, 20, 31.0642377756],
        [9, 20, 18.2712182513],
        [5, 16, 11.0207759036],
        [17, 3, 12.8628852166],
      ] as const
    ).forEach(([row, column, expected]) => void expect(at(perKm2, row, column)).toBeCloseTo(expected, 8));
  });

  it("of the seven points in a region with a corner cut out equals spatstat's", () => {
    const keep = [0, 1, 2, 3, 4, 6, 8];
    const points = countedPoints(
      Float64Array.from(keep, (i) => x[i]!),
      Float64Array.from(keep, (i) => y[i]!),
    );
    const { perKm2 } = quarticDensity(points, each(points, 300), corner);
    (
      [
        [1, 1, 43.3195460713],
        [10, 10, 26.0604199933],
        [10, 11, 26.1268215059],
        [5, 16, 11.0992083617],
        [9, 20, 24.6242473542],
        [12, 10, 20.5162907444],
      ] as const
    ).forEach(([row, column, expected]) => void expect(at(perKm2, row, column)).toBeCloseTo(expected, 8));
    expect(integral(perKm2, corner)).toBeCloseTo(7, 10);
  });

  it("in the open the top of one point's hill is 3 / (π bandwidth²)", () => {
    const points = countedPoints(Float64Array.of(525), Float64Array.of(475));
    const { perKm2 } = quarticDensity(points, each(points, 400), square);
    expect(Math.abs(at(perKm2, 10, 11) / (3 / (Math.PI * 0.4 ** 2)) - 1)).toBeLessThan(0.001);
  });

  it("equals the plain sum over points and cells, wherever the points lie and however wide each is", () => {
    const random = seededRandom(3);
    const inside = Uint8Array.from({ length: 13 * 9 }, () => (random() < 0.7 ? 1 : 0));
    const grid: PlaneGrid = { columns: 13, rows: 9, cellMetres: 70, inside };
    const points = {
      x: Float64Array.from({ length: 15 }, () => 1100 * random() - 100),
      y: Float64Array.from({ length: 15 }, () => 830 * random() - 100),
      count: Float64Array.from({ length: 15 }, () => 1 + Math.floor(3 * random())),
    };
    const bandwidths = points.x.map(() => 140 + 300 * random());
    const { perKm2 } = quarticDensity(points, bandwidths, grid);
    bySums(points, bandwidths, grid).forEach((value, cell) => void expect(perKm2[cell]).toBeCloseTo(value, 9));
  });

  it("density times area adds up to the points in the region or a cell beside it; those outside are counted apart", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: -300, max: 1300, noNaN: true }), fc.double({ min: -300, max: 1300, noNaN: true })), {
          minLength: 1,
          maxLength: 12,
        }),
        (places) => {
          const points = countedPoints(
            Float64Array.from(places, ([east]) => east),
            Float64Array.from(places, ([, north]) => north),
          );
          const { perKm2, outside } = quarticDensity(points, each(points, 120), corner);
          expect(Math.abs(integral(perKm2, corner) + outside - places.length)).toBeLessThan(1e-9);
        },
      ),
      { numRuns: 40 },
    );
    const far = countedPoints(Float64Array.of(5000, 5000, 525), Float64Array.of(0, 0, 25));
    expect(quarticDensity(far, each(far, 100), square).outside).toBe(2);
    // The corner is cut from 500 m on: a point in the cell beside it belongs, one a cell further does not, though its hill of 300 m would reach the region.
    const beside = countedPoints(Float64Array.of(549, 551), Float64Array.of(800, 800));
    expect(quarticDensity(beside, each(beside, 300), corner).outside).toBe(1);
    // A bandwidth of one cell may reach no centre of the region: the nearest is 74 m away.
    const corners = countedPoints(Float64Array.of(549), Float64Array.of(549));
    expect(quarticDensity(corners, each(corners, 50), corner).outside).toBe(1);
  });

  it("moved by whole cells, turned by a quarter, or seen from the other side, the hills move, turn and mirror along", () => {
    const points = countedPoints(x, y);
    const plain = quarticDensity(points, each(points, 150), square).perKm2;
    const turned = countedPoints(
      y,
      x.map((east) => 1000 - east),
    );
    const quarter = quarticDensity(turned, each(turned, 150), square).perKm2;
    const wide: PlaneGrid = { columns: side + 4, rows: side + 2, cellMetres, inside: new Uint8Array((side + 4) * (side + 2)) };
    for (let cell = 0; cell < side * side; cell++) wide.inside[(Math.floor(cell / side) + 2) * (side + 4) + (cell % side) + 3] = 1;
    const moved = countedPoints(
      x.map((east) => east + 150),
      y.map((north) => north + 100),
    );
    const shifted = quarticDensity(moved, each(moved, 150), wide).perKm2;
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        expect(quarter[(side - 1 - column) * side + row]).toBeCloseTo(plain[row * side + column]!, 9);
        expect(shifted[(row + 2) * (side + 4) + column + 3]).toBeCloseTo(plain[row * side + column]!, 9);
      }
    }
  });

  it("everything twice as large is a quarter as dense; every incident twice, twice as dense", () => {
    const points = countedPoints(x, y);
    const plain = quarticDensity(points, each(points, 150), square).perKm2;
    const large = countedPoints(
      x.map((east) => 2 * east),
      y.map((north) => 2 * north),
    );
    const scaled = quarticDensity(large, each(large, 300), { ...square, cellMetres: 100 }).perKm2;
    const twice = quarticDensity(countedPoints(Float64Array.of(...x, ...x), Float64Array.of(...y, ...y)), each(points, 150), square).perKm2;
    plain.forEach((value, cell) => {
      expect(scaled[cell]).toBeCloseTo(value / 4, 9);
      expect(twice[cell]).toBeCloseTo(2 * value, 9);
    });
  });

  it("too fine a grid for the bandwidth is refused with the cell size that would do", () => {
    const points = { x: new Float64Array(1000), y: new Float64Array(1000), count: new Float64Array(1000).fill(1) };
    // Hand: 1000 × π × 500² = 7.85e8 steps; 5e8 at √1.571 = 1.2533 times the cell.
    const fine = { columns: 1000, rows: 1000, cellMetres: 10, inside: new Uint8Array(1e6) };
    fine.inside[0] = 1;
    expect(() => quarticDensity(points, each(points, 5000), fine)).toThrowError(
      expect.objectContaining({ code: "density_too_fine", details: { cellMetres: 13 } }),
    );
    // 1000 × π × 398² = 4.98e8; and where the kernel is wider than the grid, the grid counts.
    const away = { ...points, x: new Float64Array(1000).fill(-90) };
    expect(quarticDensity(away, each(away, 3980), fine).outside).toBe(1000);
    expect(quarticDensity(away, each(away, 1e6), { ...fine, columns: 700, rows: 700 }).outside).toBe(1000);
    expect(() => quarticDensity(away, each(away, 1e6), { ...fine, columns: 701, rows: 720 })).toThrowError("density_too_fine");
  });

  it("points at one place are one with their number, in the order of first appearance", () => {
    expect(countedPoints(Float64Array.of(3, 1, 3, 3, 1.5), Float64Array.of(2, 2, 2, 4, 2))).toEqual({
      x: Float64Array.of(3, 1, 3, 1.5),
      y: Float64Array.of(2, 2, 4, 2),
      count: Float64Array.of(2, 1, 1, 1),
    });
  });
});

describe("adaptive bandwidths", () => {
  const points = { x: Float64Array.of(25, 525, 975), y: Float64Array.of(25, 525, 975), count: Float64Array.of(1, 2, 1) };
  const pilot = new Float64Array(side * side);
  const put = (first: number, second: number, third: number): Float64Array => {
    pilot[0] = first;
    pilot[10 * side + 10] = second;
    pilot[side * side - 1] = third;
    return pilot;
  };

  it("follow the square root of the geometric mean over the density at the point", () => {
    // Hand: densities 1, 4, 4, 16 have the geometric mean 4.
    expect([...adaptiveBandwidths(points, put(1, 4, 16), square, 100, 10)].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([
      200, 100, 50,
    ]);
  });

  it("stay between a quarter and four times the bandwidth, and at least the least", () => {
    expect([...adaptiveBandwidths(points, put(1e-6, 1, 1e6), square, 100, 10)]).toEqual([400, 100, 25]);
    expect([...adaptiveBandwidths(points, put(1e-6, 1, 1e6), square, 100, 60)]).toEqual([400, 100, 60]);
  });

  it("where the pilot has no density the widest is taken, and a point outside the grid is read at its edge", () => {
    expect(adaptiveBandwidths(points, put(0, 1, 1), square, 100, 10)[0]).toBe(400);
    const beyond = { x: Float64Array.of(-80, 525, 2000), y: Float64Array.of(-3, 525, 1500), count: points.count };
    expect([...adaptiveBandwidths(beyond, put(1, 4, 16), square, 100, 10)]).toEqual([
      ...adaptiveBandwidths(points, put(1, 4, 16), square, 100, 10),
    ]);
  });
});

describe("the bandwidth from the points", () => {
  const random = seededRandom(9);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const many = {
    x: Float64Array.from({ length: 4000 }, () => 300 * normal()),
    y: Float64Array.from({ length: 4000 }, () => 300 * normal()),
  };

  it("of one normal hump is 2.779 standard deviations times points to the power of −1/6", () => {
    expect(Math.abs(referenceBandwidth(many.x, many.y) / (2.779 * 300 * 4000 ** (-1 / 6)) - 1)).toBeLessThan(0.03);
  });

  it("in hand arithmetic: four corners of a square of side 2 lie √2 from the middle; two of six points far out do not widen it", () => {
    const constant = 460.8 ** (1 / 6);
    // Root mean square / √2 = 1; median √2 / √(2 ln 2) = 1.2011: the smaller is 1.
    expect(referenceBandwidth(Float64Array.of(0, 2, 0, 2), Float64Array.of(0, 0, 2, 2))).toBeCloseTo(constant * 4 ** (-1 / 6), 12);
    // Distances 1, 1, 1, 1, 9, 9: the median is 1, the root mean square 5.26.
    expect(referenceBandwidth(Float64Array.of(1, -1, 0, 0, 9, -9), Float64Array.of(0, 0, 1, -1, 0, 0))).toBeCloseTo(
      (constant / Math.sqrt(2 * Math.LN2)) * 6 ** (-1 / 6),
      12,
    );
    // Three in a row: distances 3, 0, 3; root mean square √6, over √2 is √3; the median gives 2.55.
    expect(referenceBandwidth(Float64Array.of(-3, 0, 3), Float64Array.of(0, 0, 0))).toBeCloseTo(
      constant * Math.sqrt(3) * 3 ** (-1 / 6),
      12,
    );
  });

  it("turned and moved points have the same, scaled ones it scaled; one place has none", () => {
    const plain = referenceBandwidth(many.x, many.y);
    const [cosine, sine] = [Math.cos(0.7), Math.sin(0.7)];
    const turned = referenceBandwidth(
      many.x.map((east, i) => 5000 + 3 * (cosine * east - sine * many.y[i]!)),
      many.x.map((east, i) => -200 + 3 * (sine * east + cosine * many.y[i]!)),
    );
    expect(Math.abs(turned / (3 * plain) - 1)).toBeLessThan(1e-9);
    expect(referenceBandwidth(new Float64Array(5).fill(3), new Float64Array(5).fill(4))).toBe(0);
  });
});
