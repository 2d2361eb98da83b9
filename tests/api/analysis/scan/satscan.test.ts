import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { logLikelihoodRatio } from "../../../../api/analysis/scan/likelihood.ts";
import { planScan, type ScanInput } from "../../../../api/analysis/scan/plan.ts";
import { findClusters, type ScanResult } from "../../../../api/analysis/scan/scan.ts";
import { simulateMaxima } from "../../../../api/analysis/scan/simulate.ts";
import { hasOutside, outside } from "../../../fixtures/outside.ts";

interface Recorded {
  readonly codes: readonly string[];
  readonly radiusKilometres: number;
  readonly from?: number;
  readonly to?: number;
  readonly population: number;
  readonly observed: number;
  readonly expected: number;
  readonly relativeRisk: number;
  readonly ratio: number;
  readonly p: string;
}

const dayNumber = (day: string): number => Math.round((Date.parse(day.replaceAll("/", "-")) - Date.parse("2024-01-01")) / 86_400_000);

/** The clusters as SaTScan 10.3.2 printed them. */
function readRecorded(name: string): Recorded[] {
  const text = readFileSync(outside(`reference/satscan/${name}.txt`), "utf8");
  const section = text.slice(text.indexOf("CLUSTERS DETECTED"), text.indexOf("PARAMETER SETTINGS"));
  return section
    .split(/^\d+\.(?=Location IDs)/m)
    .slice(1)
    .map((block) => {
      const field = (label: string): string => new RegExp(`${label}\\.*: (.*)`).exec(block)?.[1] ?? "";
      const [from, to] = field("Time frame").split(" to ");
      return {
        codes: block.slice(0, block.indexOf("Coordinates")).match(/\d\d\.\d\d\.\d\d\.\d{4}/g) ?? [],
        radiusKilometres: Number(/\/ ([\d.]+) km/.exec(block)?.[1]),
        ...(from && to ? { from: dayNumber(from), to: dayNumber(to) + 1 } : {}),
        population: Number(field("Population")),
        observed: Number(field("Number of cases")),
        expected: Number(field("Expected cases")),
        relativeRisk: Number(field("Relative risk")),
        ratio: Number(field("Log likelihood ratio")),
        p: field("P-value"),
      };
    });
}

const rows = (name: string): string[][] =>
  readFileSync(outside(`reference/satscan/jombang.${name}`), "utf8")
    .trim()
    .split(/\r?\n/)
    .map((line) => line.trim().split(/\s+/));

function readInput(): { codes: string[]; input: ScanInput } {
  const places = rows("geo");
  const codes = places.map(([code]) => code ?? "");
  const people = new Map(rows("pop").map(([code, , n]) => [code, Number(n)]));
  const cases = rows("cas");
  return {
    codes,
    input: {
      longitude: Float64Array.from(places, ([, , longitude]) => Number(longitude)),
      latitude: Float64Array.from(places, ([, latitude]) => Number(latitude)),
      population: Float64Array.from(codes, (code) => people.get(code) ?? Number.NaN),
      eventArea: Int32Array.from(cases, ([code]) => codes.indexOf(code ?? "")),
      eventDay: Int32Array.from(cases, ([, , day]) => dayNumber(day ?? "")),
      days: 730,
      model: "poisson",
      temporal: true,
      stepDays: 14,
      maxPopulation: 0.25,
      minimumCases: 2,
      zones: "circular",
      prospective: false,
    },
  };
}

describe.skipIf(!hasOutside)("SaTScan 10.3.2 on Jombang", () => {
  const simulations = 199;
  let codes: string[] = [];
  const scans: Record<string, { result: ScanResult; recorded: Recorded[] }> = {};
  beforeAll(() => {
    const { codes: read, input } = readInput();
    codes = read;
    for (const [name, temporal] of [
      ["jombang_sp", false],
      ["jombang_st", true],
    ] as const) {
      const plan = planScan({ ...input, temporal });
      const maxima = simulateMaxima(plan, 1, 0, simulations);
      scans[name] = { result: findClusters(plan, codes.length, maxima, { alpha: 0.05, stepDays: 14 }), recorded: readRecorded(name) };
    }
  });

  it.each([
    ["jombang_sp", 4],
    ["jombang_st", 8],
  ])("%s: the most likely cluster is the same to the last printed digit", (name, count) => {
    const { result, recorded } = scans[name]!;
    expect(recorded).toHaveLength(count);
    const [ours] = result.clusters;
    const [theirs] = recorded;
    // In the order of distance from the centre, as both list them.
    expect(Array.from(ours!.areas, (area) => codes[area])).toEqual(theirs!.codes);
    expect(Math.abs(ours!.ratio - theirs!.ratio)).toBeLessThan(1e-6);
    expect([ours!.fromDay, ours!.toDay]).toEqual([theirs!.from ?? 0, theirs!.to ?? 730]);
    expect(ours!.observed).toBe(theirs!.observed);
    expect(ours!.expected.toFixed(2)).toBe(theirs!.expected.toFixed(2));
    expect(ours!.relativeRisk.toFixed(2)).toBe(theirs!.relativeRisk.toFixed(2));
    // SaTScan's Earth is a sphere of 6,367 km, ours of 6,371.
    expect(Math.abs(ours!.radiusMetres / 1000 - theirs!.radiusKilometres)).toBeLessThan(0.01);
  });

  it("keeps every weaker cluster that is the strongest of its place and time, with its figures", () => {
    for (const [name, same] of [
      ["jombang_sp", [1, 2, 3, 4]],
      ["jombang_st", [1, 3, 4, 5, 6, 7, 8]],
    ] as const) {
      const { result, recorded } = scans[name]!;
      for (const rank of same) {
        const theirs = recorded[rank - 1]!;
        const ours = result.clusters.find(({ ratio }) => Math.abs(ratio - theirs.ratio) < 1e-6);
        expect(ours && Array.from(ours.areas, (area) => codes[area]), `${name} ${rank}`).toEqual(theirs.codes);
        expect([ours!.observed, ours!.expected.toFixed(2), ours!.relativeRisk.toFixed(2)]).toEqual([
          theirs.observed,
          theirs.expected.toFixed(2),
          theirs.relativeRisk.toFixed(2),
        ]);
        expect([ours!.fromDay, ours!.toDay]).toEqual([theirs.from ?? 0, theirs.to ?? 730]);
      }
    }
  });

  it("is never stronger at any rank, since it keeps one cluster a centre and ours looks at all that do not overlap", () => {
    for (const { result, recorded } of Object.values(scans)) {
      recorded.forEach(({ ratio }, rank) => {
        expect(result.clusters[rank]!.ratio).toBeGreaterThan(ratio - 1e-6);
      });
    }
    // Its second space-time cluster is one of 25 villages where 26 around another centre are stronger; the formula agrees on it.
    const second = scans.jombang_st!.recorded[1]!;
    expect(second.codes).toHaveLength(25);
    const expected = (1249 * second.population * (second.to! - second.from!)) / 1_335_152 / 730;
    expect(Math.abs(logLikelihoodRatio(second.observed, expected, 1249) - second.ratio)).toBeLessThan(1e-6);
    expect(scans.jombang_st!.result.clusters[1]!.ratio).toBeCloseTo(34.2013, 4);
  });

  it("gives the same p-values within the error of simulation", () => {
    for (const { result, recorded } of Object.values(scans)) {
      for (const { ratio, p } of recorded) {
        const ours = result.clusters.find((cluster) => Math.abs(cluster.ratio - ratio) < 1e-6);
        const theirs = Number(p.replace("< ", ""));
        if (!ours) continue;
        expect(Math.abs(ours.p - theirs)).toBeLessThan(4 * Math.sqrt((theirs * (1 - theirs)) / simulations) + 2 / simulations);
        // Below 0.01 SaTScan prints the Gumbel tail: the logarithm within a fifth.
        if (theirs < 0.01 && theirs > 1e-15) expect(Math.log(ours.pGumbel) / Math.log(theirs)).toBeGreaterThan(0.8);
        if (theirs < 0.01 && theirs > 1e-15) expect(Math.log(ours.pGumbel) / Math.log(theirs)).toBeLessThan(1.25);
      }
    }
  });
});
