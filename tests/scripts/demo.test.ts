import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { makeIndicators } from "../../scripts/demo/indicators.ts";
import { makeVillages } from "../../scripts/demo/villages.ts";

const folder = resolve(import.meta.dirname, "../../data/demo");
interface Region {
  readonly features: readonly {
    readonly id: string;
    readonly geometry: { readonly coordinates: readonly (readonly [number, number])[][] };
  }[];
}
const region = JSON.parse(readFileSync(resolve(folder, "region.geojson"), "utf8")) as Region;
const villages = makeVillages(9901);

test("the shipped region and table are what the seed makes", () => {
  expect(region.features.map(({ id, geometry }) => [id, geometry.coordinates[0]])).toEqual(villages.map(({ code, ring }) => [code, ring]));
  const rows = readFileSync(resolve(folder, "indicators.csv"), "utf8").trim().split("\n").slice(1);
  expect(rows.map((row) => row.split(",").slice(0, 2).join())).toEqual(
    makeIndicators(villages, 9901).map(({ code, population }) => `${code},${population ?? ""}`),
  );
});

test("another seed makes another region", () => {
  expect(makeVillages(1).map(({ ring }) => ring)).not.toEqual(villages.map(({ ring }) => ring));
});

test("every piece of border belongs to one village or to two, and borders of two are walked both ways", () => {
  const walks = new Map<string, number>();
  for (const { ring } of villages) {
    for (const [i, corner] of ring.slice(1).entries()) {
      const walk = `${ring[i]!.join()} ${corner.join()}`;
      walks.set(walk, (walks.get(walk) ?? 0) + 1);
    }
  }
  expect(Math.max(...walks.values())).toBe(1);
  const isBack = (walk: string) => walks.has(walk.split(" ").toReversed().join(" "));
  const outer = [...walks.keys()].filter((walk) => !isBack(walk)).length;
  expect(outer / walks.size).toBeLessThan(0.12);
});

test("every village has neighbours, and every kecamatan hangs together", () => {
  for (const { neighbours } of villages) expect(neighbours.length).toBeGreaterThanOrEqual(2);
  for (const district of new Set(villages.map((village) => village.district))) {
    const members = [...villages.keys()].filter((i) => villages[i]!.district === district);
    const reached = new Set([members[0]!]);
    for (const i of reached) for (const other of villages[i]!.neighbours) if (villages[other]!.district === district) reached.add(other);
    expect(reached.size).toBe(members.length);
  }
});

test("the region lies in the open ocean, far from every Indonesian village", () => {
  const corners = villages.flatMap(({ ring }) => ring);
  expect(Math.min(...corners.map(([longitude]) => longitude))).toBeGreaterThan(111);
  expect(Math.max(...corners.map(([longitude]) => longitude))).toBeLessThan(112);
  expect(Math.min(...corners.map(([, latitude]) => latitude))).toBeGreaterThan(-11);
  expect(Math.max(...corners.map(([, latitude]) => latitude))).toBeLessThan(-10);
});
