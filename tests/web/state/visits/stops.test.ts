import { describe, expect, it } from "vitest";
import type { PlannedRoute } from "../../../../api/contract/visitInputs.ts";
import { riskReasons } from "../../../../web/state/visits/reasons.ts";
import { displacedBy, keptOf, lockedOf, movedTo, neighbourRoute, placedStops, wishOfOrder } from "../../../../web/state/visits/stops.ts";
import { dayLine, percentOf, positionAt, spanOf } from "../../../../web/state/visits/timeline.ts";

const stop = (code: string, begins: string, departure: string, locked = false): PlannedRoute["stops"][number] => ({
  code,
  arrival: `2026-11-23T${begins}:00+07:00`,
  begins: `2026-11-23T${begins}:00+07:00`,
  departure: `2026-11-23T${departure}:00+07:00`,
  gain: 1,
  reason: { code: "gain", id: "", en: "" },
  alternative: null,
  exploration: false,
  locked,
});
const routes: PlannedRoute[] = [
  {
    team: "A",
    day: "2026-11-23",
    minutes: 300,
    stops: [stop("a", "08:30", "09:30"), stop("b", "10:00", "11:00", true), stop("c", "11:30", "12:30")],
  },
  { team: "A", day: "2026-11-24", minutes: 0, stops: [] },
  { team: "B", day: "2026-11-23", minutes: 120, stops: [stop("d", "09:00", "10:00")] },
];
const codes = (kept: readonly { stops: readonly string[] }[]) => kept.map(({ stops }) => stops.join(""));

describe("stops of a plan", () => {
  it("are numbered in the order of their day, with their team and lock", () => {
    expect(placedStops(routes).map(({ code, team, teamIndex, number }) => [code, team, teamIndex, number])).toEqual([
      ["a", "A", 0, 1],
      ["b", "A", 0, 2],
      ["c", "A", 0, 3],
      ["d", "B", 1, 1],
    ]);
    expect(lockedOf(routes)).toEqual(["b"]);
  });

  it.each([
    ["a", "A", "2026-11-24", undefined, ["bc", "a", "d"]],
    ["c", "B", "2026-11-23", 0, ["ab", "", "cd"]],
    ["c", "B", "2026-11-23", 99, ["ab", "", "dc"]],
    ["new", "A", "2026-11-24", undefined, ["abc", "new", "d"]],
    ["c", "A", "2026-11-23", 0, ["cab", "", "d"]],
  ] as const)("%s moved to %s %s at %s", (code, team, day, position, expected) => {
    expect(codes(movedTo(keptOf(routes), code, team, day, position))).toEqual(expected);
  });

  it("move up and down by the days as they are listed, and no further than the ends", () => {
    expect(neighbourRoute(routes, "a", -1)).toBeNull();
    expect(neighbourRoute(routes, "a", 1)?.day).toBe("2026-11-24");
    expect(neighbourRoute(routes, "d", 1)).toBeNull();
  });

  it("go before or after their neighbour by its hour", () => {
    expect(wishOfOrder(routes[0]!, "b", -1)).toEqual({ closes: "08:30" });
    expect(wishOfOrder(routes[0]!, "b", 1)).toEqual({ opens: "11:30" });
    expect(wishOfOrder(routes[0]!, "a", -1)).toBeNull();
    expect(wishOfOrder(routes[0]!, "x", 1)).toBeNull();
  });

  it("displace those that were left out because of them", () => {
    const rows = [
      { code: "x", reason: { instead: "a" } },
      { code: "y", reason: { instead: "b" } },
      { code: "z", reason: {} },
    ];
    expect(displacedBy(rows, "a").map(({ code }) => code)).toEqual(["x"]);
  });
});

describe("the line of a day", () => {
  it("spans whole hours, tells when the team is back, and nothing where it never left", () => {
    const lines = routes.map((route) => dayLine(route, 480));
    expect(lines[0]).toMatchObject({ leaves: 480, returns: 780 });
    expect(lines[0]?.blocks.map(({ begins, ends }) => [begins, ends])).toEqual([
      [510, 570],
      [600, 660],
      [690, 750],
    ]);
    expect(lines[1]?.returns).toBeNull();
    const span = spanOf(lines);
    expect(span).toEqual({ from: 480, to: 840 });
    expect([480, 660, 840].map((minute) => percentOf(minute, span))).toEqual([0, 50, 100]);
  });

  it.each([
    ["a", 500, 0],
    ["a", 640, 1],
    ["a", 800, 2],
    ["new", 800, 3],
  ])("%s dropped at minute %i comes in as number %i", (code, minute, expected) => {
    expect(positionAt(dayLine(routes[0]!, 480), code, minute)).toBe(expected);
  });
});

describe("the reasons of a score", () => {
  const none = { count: 0, kejadian: 0, imbasan: 0, kecenderungan: 0, kerentanan: 0, agenda: null, potensi: null };
  it.each([
    [{}, []],
    [{ count: 3, kejadian: 10, kerentanan: 4 }, ["kejadian", "kerentanan"]],
    [{ count: 0, kejadian: 10 }, []],
    [{ kecenderungan: 8 }, []],
    [{ kecenderungan: 12, imbasan: 13, potensi: 20 }, ["potensi", "imbasan"]],
    [{ agenda: 1 }, []],
  ])("of %j are %j", (part, expected) => {
    expect(riskReasons({ ...none, ...part })).toEqual(expected);
  });
});
