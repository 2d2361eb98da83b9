import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PlannedRoute } from "../../../api/contract/visitInputs.ts";
import { publishedInstances } from "../../../scripts/benchmark/visitCases.ts";
import { startJombangService } from "../../fixtures/jombangService.ts";
import { hasOutside } from "../../fixtures/outside.ts";
import type { TestService } from "../../fixtures/service.ts";

const base = "35.17.09";
const teams = ["Melati", "Kenanga"].map((name) => ({ name, base: `${base}.2001`, hoursPerDay: 7 }));
const week = { from: "2026-01-05", to: "2026-01-12" };
const asked = { areas: ["35.17"], teams, ...week, asOf: "2025-12-31" };
const quickly = { ...asked, effort: "quick" };

/** A road service as offices run it: every trip takes twelve minutes, save to its last place, which no road reaches. */
async function startRoadService(): Promise<{ server: Server; address: string; asked: string[] }> {
  const questions: string[] = [];
  const server = createServer((request, response) => {
    questions.push(request.url ?? "");
    const address = new URL(request.url ?? "", "http://road.invalid");
    if (address.pathname.startsWith("/moved/")) {
      response.writeHead(302, { location: "/table/v1/driving/" }).end();
      return;
    }
    const count = (name: string): number => (address.searchParams.get(name) ?? "").split(";").length;
    const durations = Array.from({ length: count("sources") }, () => Array.from({ length: count("destinations") }, () => 720));
    response.setHeader("content-type", "application/json").end(JSON.stringify({ code: "Ok", durations }));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: questions };
}

describe.skipIf(!hasOutside)("planning visits in Jombang", () => {
  let service: TestService;
  let road: Awaited<ReturnType<typeof startRoadService>>;
  const plan = async (inputs: Record<string, unknown>) => {
    const { status, body } = await service.run("visit-plan", inputs);
    expect(status, JSON.stringify(body).slice(0, 400)).toBe(200);
    return body;
  };
  const stopsOf = (body: { routes: PlannedRoute[] }) => body.routes.flatMap((route) => route.stops);

  beforeAll(async () => {
    road = await startRoadService();
    service = await startJombangService("embedded", { ROAD_SERVICE_URL: road.address });
  });
  afterAll(async () => {
    await service?.remove();
    road?.server.close();
  });

  test("a week of two teams: every stop has its reason, its times and its alternative, every other village why it was left out", async () => {
    const body = await plan(asked);
    const stops = stopsOf(body);
    expect(body.routes).toHaveLength(10);
    expect(stops.length).toBeGreaterThan(20);
    expect(new Set(stops.map(({ code }) => code)).size).toBe(stops.length);
    expect(body.codes).toHaveLength(306);
    expect(stops.length + body.summary.leftOut.length).toBe(306);
    for (const { reason } of [...stops, ...body.summary.leftOut]) expect(reason.id.length * reason.en.length).toBeGreaterThan(0);
    expect(`${JSON.stringify(stops)}${JSON.stringify(body.summary.leftOut)}`).not.toMatch(/\{\w+\}/);

    const minutes = (from: string, to: string): number =>
      body.travel.minutes[body.travel.codes.indexOf(from)][body.travel.codes.indexOf(to)];
    for (const { team, day, stops: ordered } of body.routes as PlannedRoute[]) {
      let at = `base:${team}`;
      let clock = Date.parse(`${day}T08:00:00+07:00`);
      for (const stop of ordered) {
        clock += minutes(at, stop.code) * 60_000;
        expect(Math.abs(Date.parse(stop.arrival) - clock)).toBeLessThanOrEqual(1000);
        clock = Date.parse(stop.departure);
        expect(clock - Date.parse(stop.begins)).toBe(3_600_000);
        at = stop.code;
      }
      if (ordered.length > 0) expect(clock + minutes(at, `base:${team}`) * 60_000).toBeLessThanOrEqual(Date.parse(`${day}T15:00:01+07:00`));
    }
    const gainOf = new Map(body.codes.map((code: string, index: number) => [code, body.columns.gain[index]]));
    const total = stops.reduce((sum, { code }) => sum + (gainOf.get(code) as number), 0);
    expect(body.summary.totalGain).toBeCloseTo(total, 6);
    expect(body.summary.bound).toBeGreaterThanOrEqual(body.summary.totalGain);
    expect(body.warnings).toContainEqual(expect.objectContaining({ code: "travel_estimated" }));
    const { risk, help, people, recency, gain } = body.columns;
    const known = gain.findIndex((value: number | null) => value !== null && value > 0);
    expect(gain[known]).toBeCloseTo(risk[known] * help[known] * people[known] * recency[known], 9);

    const explored = stops.filter(({ exploration }) => exploration);
    expect(explored.length).toBe(body.summary.explorationStops);
    expect(explored.length / stops.length).toBeGreaterThan(0.05);
  });

  test("the same inputs give the same plan, and its run can be replayed bit for bit", async () => {
    const first = await plan(quickly);
    expect((await plan(quickly)).routes).toEqual(first.routes);
    expect((await service.call(`/api/runs/${first.run}?replay=true`)).body).toMatchObject({ isSame: true, isSameData: true });
  });

  test("a plan is done again around locked stops from the numbers of the first", async () => {
    const first = await plan(quickly);
    const moved = first.routes[0].stops[0].code;
    const keep = first.routes.map(({ team, day, stops }: PlannedRoute) => ({ team, day, stops: stops.map(({ code }) => code) }));
    keep[0].stops = keep[0].stops.slice(1);
    keep[9].stops = [moved];
    const again = await plan({ ...quickly, redo: first.run, keep, locked: [moved] });
    expect(again.routes[9].stops.map(({ code }: { code: string }) => code)).toContain(moved);
    expect(again.routes[9].stops.find(({ code }: { code: string }) => code === moved)).toMatchObject({
      locked: true,
      reason: { code: "locked" },
    });
    expect(again.columns.gain).toEqual(first.columns.gain);
    expect(again.summary.travelMadeBy).toBe("redo");
    expect((await service.run("visit-plan", { ...asked, redo: "tidak-ada" })).body).toMatchObject({ status: 404, code: "not_found" });
    expect((await service.run("visit-plan", { ...asked, locked: ["35.17.01.2001"] })).body).toMatchObject({
      status: 422,
      field: "locked",
    });
  });

  test("wishes that cannot be met are named one by one, and the rest is planned", async () => {
    const [skill, window, late, far, fine] = ["35.17.01.2001", "35.17.01.2002", "35.17.01.2003", "35.17.01.2004", "35.17.01.2005"];
    const body = await plan({
      ...quickly,
      mustVisit: [skill, window, late, far, fine, "35.17.99.2001"],
      villages: {
        [skill!]: { skill: "juru bahasa isyarat" },
        [window!]: { opens: "05:00", closes: "06:00" },
        [late!]: { notBefore: "2026-02-01" },
        [far!]: { days: ["2026-01-11"] },
      },
    });
    const named = Object.fromEntries(
      body.summary.impossible.map(({ code, reason }: { code: string; reason: { code: string } }) => [code, reason.code]),
    );
    expect(named).toEqual({
      [skill!]: "skill_nobody_has",
      [window!]: "window_closed",
      [late!]: "not_before_too_late",
      [far!]: "no_team_that_day",
      "35.17.99.2001": "not_a_candidate",
    });
    expect(stopsOf(body).find(({ code }) => code === fine)?.reason.code).toBe("must_visit");
    expect(stopsOf(body).length).toBeGreaterThan(20);

    const codes = body.codes.slice(0, 80);
    const tooMany = await plan({ ...quickly, mustVisit: codes });
    const unmet = tooMany.summary.impossible.filter(({ reason }: { reason: { code: string } }) => reason.code === "musts_do_not_fit");
    expect(unmet.length).toBe(80 - stopsOf(tooMany).filter(({ code }) => codes.includes(code)).length);
    expect(unmet.length).toBeGreaterThan(0);
  });

  test("the last contact makes a visit worth less, and a kecamatan that waited too long gets one", async () => {
    const free = await plan({ ...quickly, explorationShare: 0 });
    const favourite = stopsOf(free).reduce((most, stop) => (stop.gain > most.gain ? stop : most));
    const visited = await plan({ ...quickly, explorationShare: 0, lastVisited: { [favourite.code]: "2025-12-31" } });
    expect(visited.columns.gain[visited.codes.indexOf(favourite.code)]).toBe(0);
    const waiting = await plan({ ...quickly, explorationShare: 0, lastVisited: { "35.17.21.2001": "2025-06-01" }, districtLimitDays: 90 });
    expect(stopsOf(waiting).find(({ reason }) => reason.code === "fairness")?.code).toMatch(/^35\.17\.21\./);
  });

  test("travel comes from the office's road service when asked for, which is never followed elsewhere", async () => {
    const body = await plan({ ...quickly, areas: ["35.17.09"], travel: { kind: "road" } });
    expect(body.travel.madeBy).toBe("road");
    expect(body.travel.minutes[0][1]).toBe(12);
    expect(road.asked.every((question) => question.startsWith("/table/v1/driving/112."))).toBe(true);
  });

  test("a published instance comes in by the same door and comes out near its best known value", async () => {
    const instance = publishedInstances().find(({ name }) => name === "p4.2.k")!;
    const names = instance.nodes.map((_, node) => `n${node}`);
    const body = await plan({
      candidates: names.slice(1, -1),
      gains: Object.fromEntries(instance.nodes.slice(1, -1).map(([, , score], node) => [names[node + 1], score])),
      visitMinutes: 0,
      travel: {
        codes: names,
        minutes: instance.nodes.map(([x, y]) => instance.nodes.map(([a, b]) => Math.hypot(x - a, y - b))),
      },
      teams: ["A", "B"].map((name) => ({
        name,
        start: names[0],
        end: names.at(-1),
        hoursPerDay: instance.tmax / 60,
        days: ["2026-01-05"],
      })),
    });
    expect(body.summary.totalGain).toBeGreaterThanOrEqual(0.96 * instance.best_known);
    expect(body.summary.totalGain).toBeLessThanOrEqual(instance.best_known);
    expect(body.summary.bound).toBeGreaterThanOrEqual(instance.best_known);
  });

  test("the effect of visits is told with its reasons from given visits, can be replayed, and refuses strange ones", async () => {
    const days = Array.from({ length: 30 }, (_, visit) => new Date(Date.UTC(2024, 7, 5 + 7 * visit)).toISOString().slice(0, 10));
    const { areas } = (await service.call("/api/areas?level=village&within=35.17")).body as { areas: { code: string }[] };
    const visits = days.map((day, visit) => ({ code: areas[10 * visit]!.code, day }));
    const inputs = { areas: ["35.17"], period: { from: "2024-01-01", to: "2026-01-01" }, visits, permutations: 199, simulations: 100 };
    const { status, body } = await service.run("visit-effect", inputs);
    expect(status, JSON.stringify(body).slice(0, 400)).toBe(200);
    const { verdict, reasons, visits: given, matched, naive, balance } = body.summary;
    expect(["helps", "not_seen", "cannot_tell"]).toContain(verdict.code);
    for (const { id, en } of [verdict, ...reasons]) expect(`${id}${en}`).not.toMatch(/\{\w+\}|\?/);
    expect([given, matched > 10, naive.visits > 10, balance[0].feature]).toEqual([30, true, true, "expected"]);
    expect(body.codes.every((code: string) => visits.some((visit) => visit.code === code))).toBe(true);
    expect((await service.call(`/api/runs/${body.run}?replay=true`)).body).toMatchObject({ isSame: true, isSameData: true });

    const none = await service.run("visit-effect", { areas: ["35.17"], permutations: 199, simulations: 100 });
    expect(none.body.summary).toMatchObject({ verdict: { code: "cannot_tell" }, visits: 0 });
    const elsewhere = await service.run("visit-effect", { ...inputs, visits: [{ code: "35.99.01.2001", day: "2024-08-01" }] });
    expect(elsewhere.body).toMatchObject({ status: 422, field: "visits", code: "unknown_area" });
    const late = await service.run("visit-effect", { ...inputs, visits: [{ code: "35.17.01.2001", day: "2026-08-01" }] });
    expect(late.body).toMatchObject({ status: 422, field: "visits.day" });
  });

  test("slow terrain makes the way longer by its area, and a language is a wish like a skill", async () => {
    const narrow = { ...quickly, areas: ["35.17.09"], explorationShare: 0 };
    const plain = await plan(narrow);
    const slow = await plan({ ...narrow, travel: { kind: "distance", speeds: { "35.17.09": 15 } } });
    expect(slow.travel.minutes[0][1]).toBeCloseTo(2 * plain.travel.minutes[0][1], 1);
    const [first, second] = plain.codes;
    const spoken = await plan({
      ...narrow,
      teams: [{ ...teams[0], languages: ["madura"] }, { ...teams[1] }],
      mustVisit: [first, second],
      villages: { [first]: { language: "madura" }, [second]: { language: "bawean" } },
    });
    expect(spoken.routes.find(({ stops }: PlannedRoute) => stops.some(({ code }) => code === first)).team).toBe("Melati");
    expect(spoken.summary.impossible).toMatchObject([{ wish: "mustVisit", code: second, reason: { code: "language_nobody_speaks" } }]);
    const stop = stopsOf(plain)[0]!;
    expect(stop.alternative === null || plain.codes.includes(stop.alternative.code)).toBe(true);
    expect(plain.summary.leftOut.every(({ reason }: { reason: { code: string } }) => reason.code.length > 0)).toBe(true);
  });

  test.each([
    [{ ...asked, teams: [] }, 422, "teams"],
    [{ ...asked, teams: [teams[0], teams[0]] }, 422, "teams.name"],
    [{ ...asked, teams: [{ name: "X" }] }, 422, "teams.X.base"],
    [{ ...asked, teams: [{ name: "X", base: "35.17.99.2001" }] }, 422, "teams.X.base"],
    [{ ...asked, teams: [{ ...teams[0], days: ["2026-03-01"] }] }, 422, "teams.Melati.days"],
    [{ ...asked, candidates: ["35.99.01.2001"] }, 422, "candidates"],
    [{ ...asked, travel: { codes: ["a"], minutes: [[0, 1]] } }, 422, "travel.minutes.0"],
    [{ ...asked, travel: { kind: "road", detourFactor: 2 } }, 422, "travel.detourFactor"],
    [{ ...asked, explorationShare: 0.9 }, 422, "explorationShare"],
  ])("wrong inputs are refused with the field: case %#", async (inputs, status, field) => {
    const { body } = await service.run("visit-plan", inputs);
    expect([body.status, body.field]).toEqual([status, field]);
  });
});
