import { expect, test } from "vitest";
import { type CaseFacts, similarCases } from "../../../../api/analysis/similarCases/similarCases.ts";

const question: CaseFacts = { issue: "404", actors: ["student", "school"], longitude: 112, latitude: 0, day: 1000 };
const degree = 6371.0088 * (Math.PI / 180);

test("a case like the question in all is wholly alike, and each part falls by its own rule", () => {
  const [same] = similarCases(question, [question], 5);
  expect(same).toMatchObject({ similarity: 1, parts: { issue: 1, actors: 1, distance: 1, time: 1 }, kilometres: 0, daysBefore: 0 });
  const [other] = similarCases(
    question,
    [{ issue: "401", actors: ["School ", "village"], longitude: 112 + 15 / degree, latitude: 0, day: 270 }],
    5,
  );
  // Same group ½; one of three actors in common; 15 km away; two years ago.
  expect(other!.parts.issue).toBe(0.5);
  expect(other!.parts.actors).toBeCloseTo(1 / 3, 12);
  expect(other!.parts.distance).toBeCloseTo(0.5, 9);
  expect(other!.parts.time).toBeCloseTo(0.5, 12);
  expect(other!.similarity).toBeCloseTo(0.4 * 0.5 + 0.3 / 3 + 0.15 * 0.5 + 0.15 * 0.5, 9);
});

test.each([
  ["another issue and other actors next door on the same day", { issue: "101", actors: ["farmer"] }],
  ["nothing known but the place", { issue: null, actors: [] }],
])("%s is not alike", (_, change) => {
  expect(similarCases(question, [{ ...question, ...change }], 5)).toEqual([]);
});

test("what one of the two does not tell is left out of the mean, and is unknown, not 0", () => {
  const [found] = similarCases(question, [{ ...question, actors: [], longitude: Number.NaN }], 5);
  expect(found!.similarity).toBe(1);
  expect(found!.parts).toEqual({ issue: 1, actors: Number.NaN, distance: Number.NaN, time: 1 });
});

test("the most alike comes first, of equals the first given, and no more than asked for", () => {
  const cases = [{ ...question, issue: "401" }, question, { ...question, day: 900 }, question];
  expect(similarCases(question, cases, 3).map(({ index }) => index)).toEqual([1, 3, 2]);
});
