import highs from "highs";
import { describe, expect, test } from "vitest";
import { exactGain } from "../../../../api/analysis/planning/exactGain.ts";
import { gainBound } from "../../../../api/analysis/planning/gainBound.ts";
import type { RoutingProblem } from "../../../../api/analysis/planning/routingProblem.ts";
import { bestPlan, type FoundPlan, searchVisits } from "../../../../api/analysis/planning/searchVisits.ts";
import { drawnProblem, problemOfInstance, publishedInstances } from "../../../../scripts/benchmark/visitCases.ts";
import { hasOutside } from "../../../fixtures/outside.ts";
import { faultsOfPlan } from "../../../fixtures/routingProblems.ts";

/** Village-like points: a plain with two towns, no data from anywhere. */
const points = Array.from({ length: 300 }, (_, index) => {
  const town = index % 3;
  const angle = index * 2.399963;
  const away = town === 0 ? 0.2 * Math.sqrt(index / 300) : 0.05 * Math.sqrt(index / 300);
  return [112.2 + town * 0.08 + away * Math.cos(angle), -7.5 + town * 0.05 + away * Math.sin(angle)] as const;
});

function plan(problem: RoutingProblem, over: Partial<Parameters<typeof searchVisits>[0]> = {}): FoundPlan {
  return searchVisits({
    problem,
    priority: new Float64Array(problem.n),
    keep: [],
    isLocked: new Uint8Array(problem.n),
    seed: 1,
    stream: 0,
    iterations: 1500,
    ...over,
  });
}

test("on fifty cases of up to fourteen villages the plan is the exact optimum in at least 48, and every bound holds", () => {
  let optimal = 0;
  for (let seed = 1; seed <= 50; seed++) {
    const problem = drawnProblem(seed, points, 8 + (seed % 7));
    const found = plan(problem);
    const exact = exactGain(problem);
    expect(faultsOfPlan(problem, found.routes), `case ${seed}`).toEqual([]);
    expect(exact).not.toBeNull();
    expect(found.gain, `case ${seed}`).toBeLessThanOrEqual(exact! + 1e-9);
    for (const iterations of [0, 30])
      expect(gainBound(problem, { iterations, steps: 60 }).bound, `case ${seed}`).toBeGreaterThanOrEqual(exact! - 1e-9);
    if (found.gain > exact! - 1e-9) optimal++;
  }
  expect(optimal).toBeGreaterThanOrEqual(48);
});

/** The same question as a mixed-integer program: one flow a route, times by big-M (Miller, Tucker & Zemlin 1960). */
function asProgram(problem: RoutingProblem): string {
  const { n, places, travelMinutes, visitMinutes } = problem;
  const routes = Array.from(problem.startPlace.keys());
  const nodes = Array.from({ length: n }, (_, place) => place);
  const [start, end] = [n, n + 1];
  const bigMinutes = 3000;
  const rows: string[] = [];
  const binaries: string[] = [];
  const bounds: string[] = [];
  const minutes = (route: number, a: number, b: number): number =>
    (a === start ? 0 : visitMinutes[a]!) +
    travelMinutes[(a === start ? problem.startPlace[route]! : a) * places + (b === end ? problem.endPlace[route]! : b)]!;
  const arc = (route: number, a: number, b: number): string => `x_${route}_${a}_${b}`;
  for (const route of routes) {
    for (const a of [...nodes, start]) for (const b of [...nodes, end]) if (a !== b) binaries.push(arc(route, a, b));
    rows.push(`${[...nodes, end].map((b) => arc(route, start, b)).join("\n + ")} = 1`);
    for (const place of nodes) {
      const into = [...nodes, start].filter((a) => a !== place).map((a) => arc(route, a, place));
      const out = [...nodes, end].filter((b) => b !== place).map((b) => arc(route, place, b));
      rows.push(`${into.join("\n + ")} - ${out.join("\n - ")} = 0`);
      const opens = Math.max(problem.opensAtMinute[route * n + place]!, problem.startsAtMinute[route]!);
      const closes = Math.min(problem.closesAtMinute[route * n + place]!, problem.endsAtMinute[route]!);
      if (closes < opens) rows.push(`${into.join("\n + ")} = 0`);
      bounds.push(`${opens} <= t_${route}_${place} <= ${Math.max(opens, closes)}`);
    }
    bounds.push(`t_${route}_${start} = ${problem.startsAtMinute[route]}`, `0 <= t_${route}_${end} <= ${problem.endsAtMinute[route]}`);
    for (const a of [...nodes, start])
      for (const b of [...nodes, end])
        if (a !== b && !(a === start && b === end))
          rows.push(`t_${route}_${b} - t_${route}_${a} - ${bigMinutes} ${arc(route, a, b)} >= ${minutes(route, a, b) - bigMinutes}`);
  }
  const visits = (place: number): string[] =>
    routes.flatMap((route) => [...nodes, end].filter((b) => b !== place).map((b) => arc(route, place, b)));
  for (const place of nodes) rows.push(`${visits(place).join("\n + ")} <= 1`);
  const gain = nodes.flatMap((place) => visits(place).map((name) => `${problem.gain[place]} ${name}`)).join("\n + ");
  return `Maximize\n ${gain}\nSubject To\n${rows.map((row, at) => ` r${at}: ${row}`).join("\n")}\nBounds\n ${bounds.join("\n ")}\nBinary\n ${binaries.join("\n ")}\nEnd`;
}

test("the exact optimum is that of a mixed-integer program solved by another", async () => {
  for (let seed = 101; seed <= 106; seed++) {
    // A fresh one each time: its memory does not come back.
    const solver = await highs();
    const problem = drawnProblem(seed, points, 5 + (seed % 2));
    const { ObjectiveValue, Status } = solver.solve(asProgram(problem));
    expect(Status).toBe("Optimal");
    expect(exactGain(problem), `case ${seed}`).toBeCloseTo(ObjectiveValue, 4);
  }
});

describe.skipIf(!hasOutside)("the published set 4 of Chao, Golden and Wasil", () => {
  const chosen = new Set(["p4.2.a", "p4.2.i", "p4.3.p"]);
  const instances = hasOutside ? publishedInstances().filter(({ name }) => chosen.has(name)) : [];

  test.each(instances)("$name: near the best known value, never above the bound", (instance) => {
    const problem = problemOfInstance(instance);
    const found = bestPlan([0, 1].map((stream) => plan(problem, { stream, iterations: 4000 })));
    expect(faultsOfPlan(problem, found.routes)).toEqual([]);
    expect(found.gain).toBeGreaterThanOrEqual(0.96 * instance.best_known);
    expect(gainBound(problem, { iterations: 10, steps: 100 }).bound).toBeGreaterThanOrEqual(instance.best_known);
  });
});

test("the same seed gives the same plan, another stream another search", () => {
  const problem = drawnProblem(5, points, 40);
  expect(plan(problem)).toEqual(plan(problem));
  const others = [0, 1, 2, 3].map((stream) => plan(problem, { stream, iterations: 3 }));
  expect(new Set(others.map((found) => JSON.stringify(found.routes))).size).toBeGreaterThan(1);
});

test("a wished visit is made whatever it gains, and locked stops stay on their route", () => {
  const problem = drawnProblem(9, points, 40);
  const free = plan(problem);
  const leftOut = Array.from({ length: 40 }, (_, place) => place).filter((place) => !free.routes.flat().includes(place));
  const wished = leftOut.find((place) => {
    const only = plan({ ...problem, gain: problem.gain.map((_, other) => (other === place ? 1 : 0)) }, { iterations: 50 });
    return only.gain === 1;
  });
  expect(wished).toBeDefined();
  const priority = new Float64Array(40);
  priority[wished!] = 1e5;
  const with_ = plan(problem, { priority });
  expect(with_.routes.flat()).toContain(wished);
  expect(with_.gain).toBeLessThanOrEqual(free.gain + 1e-9);

  const isLocked = new Uint8Array(40);
  const route = with_.routes.findIndex((stops) => stops.includes(wished!));
  isLocked[wished!] = 1;
  const again = plan(problem, { keep: with_.routes, isLocked });
  expect(again.routes[route]).toContain(wished);
  expect(again.gain).toBeGreaterThanOrEqual(with_.gain - 1e-9);
  expect(faultsOfPlan(problem, again.routes)).toEqual([]);
});

test("nobody who can go nowhere plans nothing, and the bound is 0", () => {
  const problem = drawnProblem(3, points, 12);
  const closed = { ...problem, closesAtMinute: problem.closesAtMinute.map(() => -1) };
  expect(plan(closed)).toMatchObject({ gain: 0, routes: closed.startPlace.length === 2 ? [[], []] : [[], [], [], []] });
  expect(exactGain(closed)).toBe(0);
  expect(gainBound(closed, { iterations: 5, steps: 50 }).bound).toBe(0);
});
