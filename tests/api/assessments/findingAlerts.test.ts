import { describe, expect, test } from "vitest";
import { bandAlerts, hotspotAlerts, raisedVillages, scanAlerts, surgeAlerts } from "../../../api/assessments/findingAlerts.ts";
import type { ResultDocument } from "../../../api/contract/processes.ts";

type Band = "AMAN" | "RAWAN" | "SANGAT RAWAN" | "DATA KURANG";
const code = (n: number): string => `99.01.${String(1 + (n % 3)).padStart(2, "0")}.2${String(n).padStart(3, "0")}`;
const document = (codes: readonly string[], columns: object, summary: object = {}): ResultDocument =>
  ({ run: "lari-1", codes, columns, summary }) as unknown as ResultDocument;
const risk = (...bands: (Band | null)[]): ResultDocument =>
  document(
    bands.map((_, n) => code(n)),
    { band: bands, score: bands.map(() => 50), scoreLower: bands.map(() => 40), scoreUpper: bands.map(() => 60), rank: bands.map(() => 1) },
  );
const known = (...bands: Band[]) => new Map(bands.map((band, n) => [code(n), band]));

describe("what an assessment raises", () => {
  test.each<[Band, Band, boolean]>([
    ["AMAN", "RAWAN", true],
    ["AMAN", "SANGAT RAWAN", true],
    ["RAWAN", "SANGAT RAWAN", true],
    ["DATA KURANG", "RAWAN", true],
    ["RAWAN", "RAWAN", false],
    ["SANGAT RAWAN", "RAWAN", false],
    ["RAWAN", "AMAN", false],
    ["DATA KURANG", "AMAN", false],
    ["RAWAN", "DATA KURANG", false],
  ])("from %s to %s: %s", (from, to, isRaised) => {
    const raised = bandAlerts(known(from), risk(to));
    expect(raised.map(({ kind, subjectId, details }) => [kind, subjectId, details.from, details.to])).toEqual(
      isRaised ? [["band_crossed", code(0), from, to]] : [],
    );
  });

  test("the first assessment is what later ones are compared with, and crosses nothing", () => {
    expect(bandAlerts(new Map(), risk("SANGAT RAWAN", "RAWAN"))).toEqual([]);
  });

  test("more than 25 villages at once are told by kecamatan, none twice and none left out", () => {
    const n = 30;
    const raised = bandAlerts(known(...Array<Band>(n).fill("AMAN")), risk(...Array<Band>(n).fill("RAWAN")));
    expect(raised.map(({ subjectKind, subjectId }) => [subjectKind, subjectId])).toEqual(
      ["01", "02", "03"].map((of) => ["districts", `99.01.${of}`]),
    );
    expect(raised.flatMap(({ details }) => details.villages as string[]).sort()).toEqual(
      Array.from({ length: n }, (_, at) => code(at)).sort(),
    );
  });

  test("an open alert is over for every village that is AMAN again or can no longer be judged", () => {
    expect(raisedVillages(risk("AMAN", "RAWAN", "DATA KURANG", "SANGAT RAWAN", null))).toEqual([code(1), code(3)]);
  });

  test("only villages that were not hot before make a hotspot appear; the same map again raises nothing", () => {
    const map = (...classes: (string | null)[]) =>
      document(
        classes.map((_, n) => code(n)),
        { class: classes },
      );
    const first = map("hot", "not significant", null);
    expect(hotspotAlerts("99.01", null, first).map(({ details }) => details.villages)).toEqual([[code(0)]]);
    expect(hotspotAlerts("99.01", first, first)).toEqual([]);
    expect(hotspotAlerts("99.01", first, map("hot", "hot", "cold")).map(({ details }) => details.villages)).toEqual([[code(1)]]);
    expect(hotspotAlerts("99.01", first, map("not significant", null, null))).toEqual([]);
  });

  test("of surges only the last whole week counts, and a week is one occasion whatever the run", () => {
    const alarm = (week: string) => ({ code: "99.01.01", week, observed: 9, expected: 2, upper: 6, p: 0.001 });
    const raised = surgeAlerts(document([], {}, { week: { from: "2026-11-09" }, alarms: [alarm("2026-11-02"), alarm("2026-11-09")] }));
    expect(raised.map(({ occasion, subjectId, details }) => [occasion, subjectId, details.upper])).toEqual([["2026-11-09", "99.01.01", 6]]);
  });

  test.each([
    ["the same villages and days", [code(0)], "2026-10-01", "2026-11-01", false],
    ["a circle that moved a little", [code(0), code(7)], "2026-10-20", "2026-11-20", false],
    ["the same villages, long before", [code(0)], "2026-01-01", "2026-02-01", true],
    ["other villages", [code(9)], "2026-10-01", "2026-11-01", true],
  ])("a cluster after %s was told: %s", (_what, codes, from, to, isRaised) => {
    const cluster = {
      codes: [code(0), code(1)],
      centre: code(0),
      from: "2026-10-10",
      to: "2026-11-22",
      observed: 9,
      expected: 2,
      relativeRisk: 5,
      p: 0.01,
    };
    const found = document([], {}, { clusters: [cluster, { ...cluster, codes: [code(5)], p: 0.2 }] });
    expect(scanAlerts("99.01", found, 0.05, [{ codes, from, to }]).map(({ subjectId, occasion }) => [subjectId, occasion])).toEqual(
      isRaised ? [[code(0), "2026-10-10"]] : [],
    );
  });
});
