import { randomUUID } from "node:crypto";
import ICAL from "ical.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, dayOf } from "../../api/contract/time.ts";
import type { Person, Role } from "../../api/endpoint.ts";
import { engines } from "../fixtures/database.ts";
import { docxText } from "../fixtures/docxText.ts";
import { collectionOf, square } from "../fixtures/imports.ts";
import { khalLineOf, khalLines } from "../fixtures/khal.ts";
import { startTestService, type TestService } from "../fixtures/service.ts";
import { as, signIn } from "../fixtures/signedIn.ts";

const village = (n: number): string => `99.01.01.${2000 + n}`;
const today = dayOf(new Date(), "Asia/Makassar");
const days = [1, 2].map((ahead) => addDays(today, ahead));
const items = (kind: string): string => `/api/collections/${kind}/items`;
const people = (["reporter", "partner", "viewer", "analyst", "verifier", "leader"] as const).map(
  (role): Person => ({ name: role, role, areas: ["99.01"], isDemo: false }),
);
const elsewhere: Person = { name: "tetangga", role: "leader", areas: ["99.02"], isDemo: false };
const canary = "KenariKunjungan";

describe.each(engines)("assigned plans of visits on %s", (engine) => {
  let service: TestService;
  let team: string;
  const plan = randomUUID();
  /** A plan over a given matrix: what is reached and when is then known beforehand. */
  const planned = async (gains: Record<number, number>, more: Record<string, unknown> = {}): Promise<string> => {
    const candidates = Object.keys(gains).map((n) => village(Number(n)));
    const codes = [...candidates, "kantor"];
    const answer = await service.run("visit-plan", {
      candidates,
      gains: Object.fromEntries(Object.entries(gains).map(([n, gain]) => [village(Number(n)), gain])),
      travel: { codes, minutes: codes.map((from) => codes.map((to) => (from === to ? 0 : 20))) },
      teams: [{ name: "Tim Satu", base: "kantor", days, hoursPerDay: 3 }],
      visitMinutes: 60,
      explorationShare: 0,
      effort: "quick",
      ...more,
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body.run;
  };
  const visitsNow = async (): Promise<Record<string, Record<string, unknown>>> => {
    const { features } = (await service.call(`${items("visits")}?plan_id=${plan}&limit=100`)).body;
    return Object.fromEntries(
      features.map(({ properties }: { properties: { village_code: string } }) => [properties.village_code, properties]),
    );
  };
  const calendar = async () => {
    const answer = await service.call(`/api/visit-teams/${team}/calendar`);
    expect(answer.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    const root = new ICAL.Component(ICAL.parse(answer.body));
    return { text: answer.body as string, root, events: root.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event)) };
  };
  const version = async (kind: string, id: string): Promise<string> =>
    (await service.call(`${items(kind)}/${id}`)).headers.get("etag") as string;

  beforeAll(async () => {
    service = await startTestService(engine, { TIME_ZONE: "Asia/Makassar" }, (database) => signIn(database, [...people, elsewhere]));
    await service.load("boundaries", "uji.geojson", collectionOf(Array.from({ length: 6 }, (_, index) => square(index))));
    const numbers = [1, 2, 3, 4, 5, 6];
    await service.load("indicators", "penduduk.csv", `code,population\n${numbers.map((n) => `${village(n)},${1000 * n}`).join("\n")}\n`, {
      year: "2026",
    });
    const events = numbers.flatMap((n) =>
      Array.from({ length: n + 1 }, (_, ago) => `${village(n)},${addDays(today, -20 * ago - 1)},404,F6,3,Uji`),
    );
    const loaded = await service.load(
      "incidents",
      "kejadian.csv",
      `village_code,occurred_from,issue,form,severity,facts\n${events.join("\n")}\n`,
    );
    expect(loaded.status, JSON.stringify(loaded.results)).toBe("successful");
    const members = [{ name: "Ani & Budi", nip: "197001011995031002", role: "Ketua" }];
    const made = await service.call(items("teams"), {
      body: { type: "Feature", geometry: null, properties: { name: "Tim Satu", base_code: village(1), members } },
    });
    team = made.body.id;
    await service.call("/api/letterhead?area=99.01", { method: "PUT", body: { office: "Badan Kesbangpol Contoh", city: "Contoh" } });
  });
  afterAll(() => service?.remove());

  test("a run becomes visits of teams and days; twice makes nothing twice", async () => {
    const run = await planned({ 1: 9, 2: 8, 3: 7, 4: 6, 5: 1 });
    const body = { id: plan, run, title: "Minggu pertama" };
    const first = await service.call("/api/visit-plans", { body });
    expect(first.status, JSON.stringify(first.body)).toBe(201);
    expect(first.body).toMatchObject({
      id: plan,
      run,
      area_code: "99.01.01",
      starts_on: days[0],
      ends_before: addDays(days[1] as string, 1),
    });
    expect(first.body.visits.map((one: { change: string }) => one.change)).toEqual(["created", "created", "created", "created"]);
    expect(first.body.visits[0]).toMatchObject({ team: "Tim Satu", team_id: team, day: days[0], position: 1, status: "planned" });
    const second = await service.call("/api/visit-plans", { body });
    expect([second.status, second.body.visits.length]).toEqual([200, 4]);
    expect((await service.call("/api/visit-plans", { body: { ...body, title: "Lain" } })).body.code).toBe("id_taken");
    expect((await service.call("/api/visit-plans")).body).toMatchObject({
      numberMatched: 1,
      plans: [{ id: plan, title: "Minggu pertama" }],
    });
    const again = await service.call(`/api/visit-plans/${plan}`, { method: "PATCH", body: { run }, headers: { "if-match": '"1"' } });
    expect(new Set(again.body.visits.map((one: { change: string }) => one.change))).toEqual(new Set(["unchanged"]));
    expect(Object.values(await visitsNow()).every(({ gain, reason, sequence }) => Number(gain) > 5 && reason && sequence === 0)).toBe(true);
  });

  test("a second program reads the calendar: times in the office's zone, long lines folded, a new date under the same id", async () => {
    const { text, root, events } = await calendar();
    expect(text.split("\r\n").every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    expect(root.getFirstSubcomponent("vtimezone")?.getFirstPropertyValue("tzid")).toBe("Asia/Makassar");
    const told = await visitsNow();
    expect(events.length).toBe(4);
    for (const event of events) {
      const visit = Object.values(told).find(({ id }) => event.uid === `${id}@waspada`) as Record<string, string>;
      expect(event.startDate.toJSDate().toISOString()).toBe(new Date(visit.starts_at as string).toISOString());
      expect(event.startDate.zone.tzid).toBe("Asia/Makassar");
      expect([event.sequence, event.component.getFirstPropertyValue("status")]).toEqual([0, "CONFIRMED"]);
    }
    expect(khalLines(text, "Asia/Makassar", days[0]!, 3)).toEqual(Object.values(told).map(khalLineOf("Asia/Makassar")).sort());
  });

  test("assigned anew: locked and done stay, others move or are cancelled, and the calendar tells it", async () => {
    const before = await visitsNow();
    const [locked, done] = [before[village(1)], before[village(2)]] as { id: string; day: string }[];
    const change = async (id: string, properties: unknown) =>
      service.call(`${items("visits")}/${id}`, {
        method: "PATCH",
        body: { properties },
        headers: { "if-match": await version("visits", id) },
      });
    expect((await change(locked?.id as string, { locked: true })).status).toBe(200);
    expect((await change(done?.id as string, { status: "done", day: today, starts_at: null, ends_at: null })).status).toBe(200);
    const run = await planned({ 4: 9, 5: 8 });
    const at = (await service.call(`/api/visit-plans/${plan}`)).headers.get("etag") as string;
    const assigned = await service.call(`/api/visit-plans/${plan}`, { method: "PATCH", body: { run }, headers: { "if-match": at } });
    const changes = Object.fromEntries(
      assigned.body.visits.map((one: { village_code: string; change: string }) => [one.village_code, one.change]),
    );
    expect(changes).toMatchObject({ [village(1)]: "kept", [village(2)]: "kept", [village(3)]: "cancelled", [village(5)]: "created" });
    expect(["moved", "unchanged"]).toContain(changes[village(4)]);
    const after = await visitsNow();
    expect(after[village(1)]).toMatchObject({ status: "planned", day: locked?.day, locked: true });
    expect(after[village(3)]).toMatchObject({ status: "cancelled", sequence: 1, id: before[village(3)]?.id });
    const { events } = await calendar();
    const cancelled = events.find(({ uid }) => uid === `${before[village(3)]?.id}@waspada`);
    expect([cancelled?.component.getFirstPropertyValue("status"), cancelled?.sequence]).toEqual(["CANCELLED", 1]);
    expect(
      (await service.call(`/api/visit-plans/${plan}`, { method: "PATCH", body: { run }, headers: { "if-match": '"1"' } })).status,
    ).toBe(412);
  });

  test.each([
    ["a run that is not there", () => "tiada", 404, "not_found"],
    ["a run of another kind", async () => (await service.run("rates", { areas: ["99.01"] })).body.run, 422, "not_a_visit_plan"],
    [
      "a plan without a stop",
      () =>
        planned(
          { 1: 5 },
          {
            travel: {
              codes: [village(1), "kantor"],
              minutes: [
                [0, 900],
                [900, 0],
              ],
            },
          },
        ),
      422,
      "not_a_visit_plan",
    ],
  ])("%s is not assigned", async (_what, run, status, code) => {
    const answer = await service.call("/api/visit-plans", { body: { run: await run() } });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test("papers are read back: who goes, who is to sign, what was said, what was agreed; never what the team thinks", async () => {
    const { id } = (await visitsNow())[village(2)] as { id: string };
    const properties = {
      minutes: `Warga meminta batas diukur.\n${canary} <b>&`,
      assessment: "PendapatTim",
      participants: [{ name: "Kelompok Tani", type: "community", side: "first", count: 9, women: 4, heard: true }],
    };
    await service.call(`${items("visits")}/${id}`, {
      method: "PATCH",
      body: { properties },
      headers: { "if-match": await version("visits", id) },
    });
    const agreed = await service.call(items("agreements"), {
      body: {
        type: "Feature",
        geometry: null,
        properties: {
          visit_id: id,
          title: "Batas diukur ulang",
          items: [{ text: "Ukur batas", responsible: "Kantor Pertanahan", due_on: addDays(today, -2) }],
        },
      },
    });
    expect(agreed.status).toBe(201);
    const read = async (path: string) => docxText((await service.call(path)).body);
    const letter = await read(`/api/visit-teams/${team}/papers/surat-perintah-tugas?number=300%2F7`);
    for (const part of ["BADAN KESBANGPOL CONTOH", "SURAT PERINTAH TUGAS", "300/7", "Ani & Budi", "Tim Satu", "Desa 0"])
      expect(letter).toContain(part);
    expect(letter).not.toContain(`Desa 2`);
    const minutes = await read(`/api/visits/${id}/papers/notulen`);
    for (const part of ["NOTULEN", "Kelompok Tani", "tidak diketahui", "Warga meminta batas diukur."]) expect(minutes).toContain(part);
    const record = await read(`/api/visits/${id}/papers/berita-acara`);
    for (const part of ["BERITA ACARA KESEPAKATAN", "Ukur batas", "Kantor Pertanahan"]) expect(record).toContain(part);
    expect(await read(`/api/visits/${id}/papers/daftar-hadir`)).toContain("Tanda tangan");
    expect(letter + minutes + record).not.toContain("PendapatTim");
    expect((await service.call(`/api/visits/${id}/papers/undangan`)).status).toBe(404);
    expect((await service.call(`/api/visits/${(await visitsNow())[village(1)]?.id}/papers/berita-acara`)).status).toBe(404);
  });

  test("a photo is kept once with its visit, read back byte by byte, and withdrawn", async () => {
    const { id } = (await visitsNow())[village(2)] as { id: string };
    const form = () => {
      const made = new FormData();
      made.set("file", new Blob([Buffer.from("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")]), "tanda tangan.pdf");
      return made;
    };
    const path = `${items("visits")}/${id}/attachments`;
    const first = await service.call(path, { body: form() });
    expect([first.status, (await service.call(path, { body: form() })).status]).toEqual([201, 200]);
    expect((await service.call(first.body.href)).body.length).toBe(first.body.size_bytes);
    expect((await service.call(path)).body.attachments).toHaveLength(1);
    expect((await service.call(first.body.href, { ...as("reporter") })).status).toBe(403);
    expect((await service.call(first.body.href, { method: "DELETE" })).status).toBe(204);
    expect((await service.call(first.body.href)).status).toBe(410);
  });

  test("a plan knows from the visits that are kept when somebody was there, and goes where something is due", async () => {
    const asked = {
      areas: ["99.01"],
      teams: [{ name: "Tim Satu", base: village(1), days, hoursPerDay: 4 }],
      explorationShare: 0,
      effort: "quick",
      visitMinutes: 60,
    };
    const answer = await service.run("visit-plan", asked);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const reasons = answer.body.routes.flatMap(({ stops }: { stops: { code: string; reason: { code: string; dueOn?: string } }[] }) =>
      stops.filter(({ code }) => code === village(2)).map(({ reason }) => [reason.code, reason.dueOn]),
    );
    expect(reasons).toEqual([["follow_up_due", addDays(today, -2)]]);
    const at = answer.body.codes.indexOf(village(2));
    expect(answer.body.columns.recency[at]).toBe(0);
    expect(answer.body.columns.recency[answer.body.codes.indexOf(village(3))]).toBe(1);
    const replayed = await service.call(`/api/runs/${answer.body.run}?replay=true`);
    expect([replayed.status, replayed.body.same ?? replayed.body.isSame ?? true]).toEqual([200, true]);
  });

  test("who is no leader sees none of it: lists, single ones, counts, runs, calendars, papers, alerts, error texts", async () => {
    const { id } = (await visitsNow())[village(2)] as { id: string };
    const { body: plans } = await service.call(`/api/visit-plans/${plan}`);
    const isOfVisits = (alert: { subject_kind: string }): boolean => ["visits", "agreements"].includes(alert.subject_kind);
    const own = (await service.call("/api/alerts?limit=1000")).body.alerts.find(isOfVisits);
    const addresses = [
      ...["visits", "agreements", "mediators", "teams"].flatMap((kind) => [items(kind), `${items(kind)}?f=csv`, `${items(kind)}/${id}`]),
      ...["visits", "agreements", "teams"].map((kind) => `${items(kind)}/${id}/history`),
      ...["/api/visit-plans", `/api/visit-plans/${plan}`, `/api/visit-teams/${team}/calendar`],
      ...[
        `/api/visit-teams/${team}/papers/surat-perintah-tugas`,
        `/api/visits/${id}/papers/notulen`,
        `${items("visits")}/${id}/attachments`,
      ],
    ];
    const refused = async (role: Role, address: string) => {
      const answer = await service.call(address, as(role));
      const text = JSON.stringify(answer.body);
      return [address, answer.status, text.includes(canary) || text.includes("Batas diukur")];
    };
    for (const role of ["reporter", "partner", "viewer", "analyst", "verifier"] as const) {
      for (const address of addresses) expect(await refused(role, address), role).toEqual([address, 403, false]);
      expect((await service.call(`/api/runs/${plans.run}`, as(role))).status, role).toBe(
        role === "analyst" || role === "verifier" ? 404 : 403,
      );
      const process = await service.call("/api/processes/visit-plan/execution", { ...as(role), body: { inputs: {} } });
      expect(process.status, role).toBe(403);
      const seen = await service.call("/api/alerts?state=all", as(role));
      expect(seen.status === 403 || !seen.body.alerts.some(isOfVisits), role).toBe(true);
      if (seen.status === 200) expect((await service.call(`/api/alerts/${own.id}`, as(role))).status).toBe(404);
    }
    for (const address of addresses) expect((await service.call(address, as("leader"))).status, address).not.toBe(403);
    for (const kind of ["visits", "agreements", "teams"])
      expect((await service.call(items(kind), as("tetangga"))).body.numberMatched).toBe(0);
    const hidden = addresses.filter((address) =>
      [plan, team, `/api/visits/${id}`, `visits/items/${id}`].some((part) => address.includes(part)),
    );
    for (const address of [...hidden, `/api/alerts/${own.id}`])
      expect((await service.call(address, as("tetangga"))).status, address).toBe(404);
    const taken = { type: "Feature", id, geometry: null, properties: { village_code: village(2) } };
    expect((await service.call(items("visits"), { ...as("tetangga"), body: taken })).body.code).toBe("unknown_village");
  });
});
