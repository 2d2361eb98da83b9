import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, dayOf } from "../../api/contract/time.ts";
import { engines } from "../fixtures/database.ts";
import { collectionOf, square } from "../fixtures/imports.ts";
import { smallJpeg, withPlace } from "../fixtures/photoWithPlace.ts";
import { startTestService, type TestService } from "../fixtures/service.ts";

const village = (n: number): string => `99.01.01.${2000 + n}`;
const today = dayOf(new Date(), "Asia/Jakarta");
const feature = (properties: Record<string, unknown>, id = randomUUID(), geometry: unknown = null) => ({
  type: "Feature",
  id,
  geometry,
  properties,
});
const items = (kind: string): string => `/api/collections/${kind}/items`;

describe.each(engines)("visits, agreements, mediators and teams on %s", (engine) => {
  let service: TestService;
  const post = (kind: string, body: unknown) => service.call(items(kind), { body });
  const patch = (kind: string, id: string, properties: unknown, version: number | null) =>
    service.call(`${items(kind)}/${id}`, {
      method: "PATCH",
      body: { properties },
      headers: version === null ? {} : { "if-match": `"${version}"` },
    });
  const made = async (kind: string, properties: Record<string, unknown>): Promise<string> => {
    const answer = await post(kind, feature(properties));
    expect([answer.status, answer.body.detail]).toEqual([201, undefined]);
    return answer.body.id;
  };
  const alerts = async (query = ""): Promise<{ id: string; kind: string; subject_id: string; days_overdue: number; state: string }[]> =>
    (await service.call(`/api/alerts${query}`)).body.alerts;

  beforeAll(async () => {
    service = await startTestService(engine);
    await service.load("boundaries", "uji.geojson", collectionOf(Array.from({ length: 6 }, (_, index) => square(index))));
  });
  afterAll(() => service?.remove());

  test("a visit is kept once with its defaults, told in a list, changed by who read it last, withdrawn", async () => {
    const id = randomUUID();
    const body = feature({ village_code: village(1), purpose: "Mendengar kedua pihak" }, id);
    const first = await post("visits", body);
    expect(first.status, JSON.stringify(first.body)).toBe(201);
    expect(first.headers.get("location")).toBe(`${items("visits")}/${id}`);
    expect(first.body).toMatchObject({
      id,
      geometry: { type: "Point" },
      properties: {
        id,
        village_code: village(1),
        day: today,
        status: "planned",
        locked: false,
        sequence: 0,
        people_met: null,
        sides_heard: null,
      },
    });
    expect((await post("visits", body)).status).toBe(200);
    expect((await post("visits", feature({ village_code: village(2) }, id))).body.code).toBe("id_taken");
    expect((await patch("visits", id, { status: "done" }, null)).status).toBe(428);
    expect((await patch("visits", id, { status: "done" }, 7)).status).toBe(412);
    const heard = [
      { type: "community", side: "first", count: 12, women: 5, youth: 2, heard: true },
      { type: "company", side: "second", count: 3, women: null, heard: true },
      { type: "village_government", side: "authority", count: 2, women: 1, heard: false },
    ];
    const done = await patch(
      "visits",
      id,
      { status: "done", participants: heard, minutes: "Sepakat bertemu lagi.", outcome: "progress" },
      1,
    );
    expect(done.body.properties).toMatchObject({
      ...{ status: "done", purpose: "Mendengar kedua pihak", people_met: 17, women_heard: 5, youth_heard: 2, sides_heard: true },
      sequence: 1,
    });
    const list = await service.call(`${items("visits")}?status=done&village_code=${village(1)}`);
    expect([list.body.numberMatched, list.body.features[0].id]).toEqual([1, id]);
    const { versions } = (await service.call(`${items("visits")}/${id}/history`)).body;
    expect(versions.map((one: { operation: string }) => one.operation)).toEqual(["create", "replace"]);
    expect((await service.call(`${items("visits")}/${id}`, { method: "DELETE", headers: { "if-match": '"2"' } })).status).toBe(204);
    expect((await service.call(`${items("visits")}/${id}`)).status).toBe(404);
    expect((await patch("visits", id, {}, 3)).status).toBe(410);
  });

  test.each([
    ["no village", "visits", {}, 422, "missing_field", "village_code"],
    ["a village that is not loaded", "visits", { village_code: "99.09.01.2001" }, 422, "unknown_village", "village_code"],
    ["a team that is not there", "visits", { village_code: village(1), team_id: randomUUID() }, 422, "unknown_reference", "team_id"],
    ["done tomorrow week", "visits", { village_code: village(1), day: addDays(today, 7), status: "done" }, 422, "future_date", "day"],
    ["a 31st of February", "visits", { village_code: village(1), day: "2026-02-31" }, 422, "invalid_date", "day"],
    [
      "an end without a start",
      "visits",
      { village_code: village(1), ends_at: "2026-01-01T09:00:00+07:00" },
      422,
      "missing_field",
      "starts_at",
    ],
    [
      "more women than people",
      "visits",
      { village_code: village(1), participants: [{ type: "community", side: "first", count: 2, women: 3 }] },
      422,
      "invalid_field",
      "participants",
    ],
    ["a status nobody knows", "visits", { village_code: village(1), status: "bubar" }, 422, "invalid_field", "status"],
    ["a property nobody knows", "visits", { village_code: village(1), warna: "merah" }, 422, "unknown_field", "warna"],
    ["an agreement of no visit", "agreements", { title: "Damai", visit_id: randomUUID() }, 422, "unknown_reference", "visit_id"],
    ["a mediator without consent", "mediators", { area_code: village(1), name: "Bu Sri" }, 422, "consent_needed", "consent_on"],
    ["a mediator of nowhere", "mediators", { area_code: "98", name: "Bu Sri", consent_on: "2026-01-01" }, 422, "unknown_area", "area_code"],
    ["a team without any place", "teams", { name: "Tim X" }, 422, "missing_field", "area_code"],
    ["a team that works no hours", "teams", { name: "Tim X", area_code: "99.01", hours_per_day: 0 }, 422, "invalid_field", "hours_per_day"],
    [
      "a text that cannot be kept",
      "mediators",
      { area_code: "99.01", name: "Sri", consent_on: "2026-01-01", skills: ["a\u0000b"] },
      400,
      "invalid_text",
      null,
    ],
  ])("%s is refused by name and changes nothing", async (_what, kind, properties, status, code, field) => {
    const count = async () => (await service.call(items(kind))).body.numberMatched;
    const before = await count();
    const answer = await post(kind, feature(properties));
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    if (field !== null) expect(answer.body.field).toBe(field);
    expect(await count()).toBe(before);
  });

  test("an agreement takes place, day and issue from its visit, keeps its items, and counts what is overdue", async () => {
    const visit = await made("visits", { village_code: village(2), day: addDays(today, -40), status: "done", issue: "301" });
    const id = await made("agreements", {
      visit_id: visit,
      title: "Batas sawah diukur ulang",
      items: [
        { text: "Ukur batas", responsible: "Kantor Pertanahan", due_on: addDays(today, -3) },
        { text: "Pasang patok", responsible: "Kedua desa", due_on: addDays(today, 20) },
      ],
    });
    const kept = await service.call(`${items("agreements")}/${id}`);
    expect(kept.body.properties).toMatchObject({
      ...{
        village_code: village(2),
        agreed_on: addDays(today, -40),
        issue: "301",
        status: "open",
        open_items: 2,
        overdue_items: 1,
        days_overdue: 3,
      },
      next_due_on: addDays(today, -3),
    });
    const [first, second] = kept.body.properties.items;
    expect((await service.call(`${items("agreements")}?overdue=true`)).body.features.map((one: { id: string }) => one.id)).toContain(id);

    const raised = (await alerts()).filter((one) => one.subject_id === id);
    expect(raised).toMatchObject([{ kind: "agreement_item_overdue", days_overdue: 3, state: "open", details: { item: first.id } }]);

    const done = await patch("agreements", id, { items: [{ ...first, status: "done" }, second] }, 1);
    expect(done.body.properties).toMatchObject({
      overdue_items: 0,
      days_overdue: 0,
      items: [{ id: first.id, status: "done", done_on: today }, { id: second.id }],
    });
    expect((await alerts("?state=all")).filter((one) => one.subject_id === id)).toMatchObject([{ state: "settled" }]);
    await patch("agreements", id, { items: [first, second] }, 2);
    expect((await alerts()).filter((one) => one.subject_id === id)).toMatchObject([{ id: raised[0]?.id, state: "open" }]);
  });

  test("an alert is owned by one, answered once, and over then", async () => {
    const visit = await made("visits", {
      village_code: village(3),
      day: addDays(today, -9),
      status: "done",
      next_review: addDays(today, -1),
    });
    const { id } = (await alerts()).find((one) => one.subject_id === visit) as { id: string };
    const at = `/api/alerts/${id}`;
    expect((await service.call(`${at}/owner`, { method: "PUT" })).body).toMatchObject({ state: "owned", kind: "visit_review_due" });
    expect((await service.call(`${at}/answer`, { body: { answer: " " } })).status).toBe(422);
    expect((await service.call(`${at}/answer`, { body: { answer: "Tim B datang besok." } })).body).toMatchObject({ state: "answered" });
    expect((await service.call(`${at}/owner`, { method: "PUT" })).body.code).toBe("alert_closed");
    expect((await service.call("/api/alerts?limit=0")).status).toBe(400);
    const page = await service.call("/api/alerts?state=all&limit=1");
    const next = await service.call(`/api/alerts?state=all&limit=1&cursor=${page.body.next}`);
    expect(next.body.alerts[0].id).not.toBe(page.body.alerts[0].id);
    expect(next.body.numberMatched).toBe(page.body.numberMatched);
  });

  test("a visit that was planned and never told of is asked about; a later visit ends the review of an earlier one", async () => {
    const forgotten = await made("visits", { village_code: village(4), day: addDays(today, -5) });
    const earlier = await made("visits", {
      village_code: village(5),
      day: addDays(today, -30),
      status: "done",
      next_review: addDays(today, -2),
    });
    const kinds = async () => (await alerts()).filter((one) => [forgotten, earlier].includes(one.subject_id)).map(({ kind }) => kind);
    expect((await kinds()).sort()).toEqual(["visit_not_recorded", "visit_review_due"]);
    await made("visits", { village_code: village(5), day: today });
    await patch("visits", forgotten, { status: "missed" }, 1);
    expect(await kinds()).toEqual([]);
  });

  test("of a mediator whose consent ran out nobody is told the way; who is withdrawn is forgotten", async () => {
    const body = {
      area_code: village(1),
      name: "Pak Darmo",
      contact: "0812 000",
      skills: ["adat"],
      languages: ["Jawa"],
      consent_on: "2026-01-02",
    };
    const id = await made("mediators", body);
    expect((await service.call(`${items("mediators")}/${id}`)).body.properties).toMatchObject({
      ...{ contact: "0812 000", consent_valid: true, serves: [village(1)], available: true },
    });
    const past = await patch("mediators", id, { consent_until: addDays(today, -1) }, 1);
    expect(past.body.properties).toMatchObject({ contact: null, consent_valid: false });
    const renewed = await patch("mediators", id, { consent_until: null }, 2);
    expect(renewed.body.properties).toMatchObject({ contact: "0812 000", consent_valid: true });
    expect((await service.call(`${items("mediators")}/${id}`, { method: "DELETE", headers: { "if-match": '"3"' } })).status).toBe(204);
    expect((await service.call(`${items("mediators")}?name=Pak%20Darmo`)).body.numberMatched).toBe(0);
  });

  test("past visits that are alike come with what the likeness is made of and what became of them; without any that is said", async () => {
    const similar = async (query: string) => (await service.call(`/api/similar-visits?village=${village(6)}&${query}`)).body;
    const participants = ["community", "company"].map((type, side) => ({ type, side: side === 0 ? "first" : "second" }));
    const visit = await made("visits", {
      ...{ village_code: village(5), day: addDays(today, -200), status: "done", issue: "204", outcome: "agreement", participants },
    });
    const item = { text: "Bayar ganti rugi", responsible: "Perusahaan", status: "done", done_on: addDays(today, -100) };
    const agreement = await made("agreements", { visit_id: visit, title: "Ganti rugi lahan", status: "kept", items: [item] });
    const { cases } = await similar("issue=204&actors=community,company");
    expect(cases[0]).toMatchObject({
      ...{ visit, village: village(5), issue: "204", outcome: "agreement", worked: "kept", daysBefore: 201 },
      parts: { issue: 1, actors: 1 },
      agreements: [{ id: agreement, title: "Ganti rugi lahan", status: "kept", items: 1, itemsDone: 1 }],
    });
    expect(cases[0].similarity).toBeGreaterThan(0.9);
    expect(cases[0].kilometres).toBeGreaterThan(0);
    expect(await similar("issue=103&actors=party")).toMatchObject({ cases: [], nothingAlike: { code: "nothing_alike" } });
    expect(await similar(`issue=204&before=${addDays(today, -300)}`)).toMatchObject({ looked: 0, nothingAlike: { code: "no_visits" } });
    expect((await service.call(`/api/similar-visits?village=${village(6)}&actors=hantu`)).body).toMatchObject({
      status: 422,
      field: "actors",
    });
    const strange = await service.call("/api/similar-visits?village=99.01.01.2999");
    expect([strange.status, strange.body.code, strange.body.field]).toEqual([422, "unknown_area", "village"]);
  });

  test("a team stands at its base, an area or a point, under a name of its own", async () => {
    const area = await post(
      "teams",
      feature({ name: "Tim A", base_code: village(1), members: [{ name: "Ani", nip: "19700101 199503 1 002" }] }),
    );
    expect(area.body).toMatchObject({
      geometry: { type: "Point" },
      properties: { area_code: "99.01", base_name: "Desa 0", weekdays: [1, 2, 3, 4, 5] },
    });
    expect((await post("teams", feature({ name: "tim a", area_code: "99.01" }))).body.code).toBe("team_name_taken");
    const base = { type: "Point", coordinates: [112.021, -7.493] };
    const own = await post("teams", feature({ name: "Tim B", area_code: "99.01" }, randomUUID(), base));
    expect(own.body.geometry).toEqual(base);
    expect((await patch("teams", own.body.id, { hours_per_day: 6 }, 1)).body).toMatchObject({
      geometry: base,
      properties: { hours_per_day: 6 },
    });
    expect(
      (await post("teams", feature({ name: "Tim C", area_code: "99.01" }, randomUUID(), { type: "Point", coordinates: [-7.4, 112] }))).body
        .code,
    ).toBe("swapped_axes");
  });

  test("a photo of a visit that tells where it was taken is refused, one that does not is kept", async () => {
    const path = `${items("visits")}/${await made("visits", { village_code: village(3) })}/attachments`;
    const send = (photo: Uint8Array) => {
      const body = new FormData();
      body.set("file", new Blob([photo as BlobPart]), "pertemuan.jpg");
      return service.call(path, { body });
    };
    expect((await send(withPlace(smallJpeg))).body).toMatchObject({ status: 422, code: "attachment_place", field: "file" });
    expect((await service.call(path)).body.attachments).toEqual([]);
    expect((await send(smallJpeg)).status).toBe(201);
  });
});
