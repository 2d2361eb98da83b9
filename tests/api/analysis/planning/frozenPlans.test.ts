import { describe, expect, it } from "vitest";
import { searchVisits } from "../../../../api/analysis/planning/searchVisits.ts";
import { drawnProblem } from "../../../../scripts/benchmark/visitCases.ts";

const points = Array.from({ length: 100 }, (_, i) => [112 + ((i * 37) % 100) / 400, -7.5 + ((i * 61) % 100) / 400] as const);
const problem = drawnProblem(4, points, 30);
const asked = { problem, priority: new Float64Array(30), keep: [], isLocked: new Uint8Array(30), stream: 0 };

describe("kept plans are made again from their seed", () => {
  // As they were when plans were first kept: who asks again for a plan of then gets the same one.
  it.each<[number, number, number[][]]>([
    [
      0,
      1,
      [
        [3, 26, 28],
        [7, 4, 25, 22],
        [15, 19, 23],
        [14, 21, 8, 18],
      ],
    ],
    [
      5,
      2,
      [
        [25, 20, 7, 10],
        [26, 5, 14, 22],
        [24, 3, 15, 23],
        [2, 19, 13, 27],
      ],
    ],
    [
      60,
      1,
      [
        [19, 23, 2, 10],
        [27, 22, 7, 1],
        [24, 3, 15, 4],
        [25, 20, 16, 14, 13],
      ],
    ],
    [
      60,
      2,
      [
        [1, 15, 10, 24],
        [6, 20, 25, 23],
        [2, 19, 4, 3],
        [7, 13, 14, 16, 22],
      ],
    ],
    [
      400,
      1,
      [
        [2, 15, 10, 24],
        [1, 7, 20, 25],
        [23, 19, 4, 3],
        [27, 13, 14, 16, 22],
      ],
    ],
    [
      400,
      2,
      [
        [3, 4, 19, 2],
        [23, 16, 14, 13, 27],
        [1, 15, 10, 24],
        [22, 25, 20, 7],
      ],
    ],
  ])("after %i iterations from seed %i", (iterations, seed, routes) => {
    expect(searchVisits({ ...asked, seed, iterations }).routes).toEqual(routes);
  });

  it("and so is one that goes on from another, with its first stops locked", () => {
    const keep = [
      [19, 23, 2, 10],
      [27, 22, 7, 1],
      [24, 3, 15, 4],
      [25, 20, 16, 14, 13],
    ];
    const isLocked = new Uint8Array(30);
    for (const [first] of keep) isLocked[first!] = 1;
    const found = searchVisits({ ...asked, keep, isLocked, seed: 3, iterations: 200 });
    expect(found.routes).toEqual([
      [19, 23, 2, 10],
      [22, 14, 13, 16, 27],
      [4, 3, 15, 24],
      [1, 7, 20, 25],
    ]);
    expect([found.gain, found.worth, found.minutes].map((value) => Number(value.toFixed(6)))).toEqual([915.3, 915.3, 1380.85]);
  });

  it("a stop that is locked keeps its place where those before it would make it too late, and they go", () => {
    const keep = [[19, 23, 2, 10, 24, 3, 15, 4, 27, 22]];
    const isLocked = new Uint8Array(30);
    isLocked[22] = 1;
    const found = searchVisits({ ...asked, keep: [...keep, [], [], []], isLocked, seed: 3, iterations: 0 });
    expect(found.routes[0]).toContain(22);
    expect(found.routes[0]).not.toContain(19);
  });
});
