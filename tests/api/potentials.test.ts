import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, dayOf } from "../../api/contract/time.ts";
import { engines } from "../fixtures/database.ts";
import { collectionOf, square } from "../fixtures/imports.ts";
import { startTestService, type TestService } from "../fixtures/service.ts";

const village = (n: number): string => `99.01.01.${2000 + n}`;
const today = dayOf(new Date(), "Asia/Jakarta");
const items = "/api/collections/potentials/items";

describe.each(engines)("standing disputes on %s", (engine) => {
  let service: TestService;
  const id = randomUUID();
  const feature = (properties: Record<string, unknown>, geometry: unknown = null, own = randomUUID()) => ({
    type: "Feature",
    id: own,
    geometry,
    properties: { title: "Batas sawah", issue: "301", facts: "Dua kelompok menuntut lahan yang sama.", ...properties },
  });
  const put = (body: unknown, ifMatch: string) => service.call(`${items}/${id}`, { method: "PUT", body, headers: { "if-match": ifMatch } });
  const found = async (query: string): Promise<string[]> =>
    (await service.call(`${items}?sortby=title&${query}`)).body.features.map(
      (one: { properties: { title: string } }) => one.properties.title,
    );

  beforeAll(async () => {
    service = await startTestService(engine);
    await service.load("boundaries", "uji.geojson", collectionOf(Array.from({ length: 6 }, (_, index) => square(index))));
  });
  afterAll(() => service?.remove());

  test("is kept once, with its defaults, and found by its id", async () => {
    const body = feature(
      {
        village_code: village(1),
        village_codes: [village(1), village(2)],
        opened_on: "2025-01-10",
        actors: [{ type: "community", role: "claimant", name: "Kelompok tani" }],
      },
      null,
      id,
    );
    const made = await service.call(items, { body });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    expect(made.headers.get("etag")).toBe('"1"');
    expect(made.headers.get("location")).toBe(`${items}/${id}`);
    expect(made.body).toMatchObject({
      id,
      geometry: null,
      properties: {
        id,
        village_code: village(1),
        village_codes: [village(1), village(2)],
        village_name: "Desa 0",
        stage: "T1",
        status: "open",
        days_overdue: 0,
        weight: 1,
        review_due: addDays(today, 90),
        closed_on: null,
      },
    });
    expect((await service.call(items, { body })).status).toBe(200);
    expect((await service.call(items, { body: feature({ village_code: village(1), title: "Lain" }, null, id) })).body.code).toBe(
      "id_taken",
    );
    expect((await service.call(`${items}/${id}`)).body.properties.actors).toEqual([
      { type: "community", role: "claimant", name: "Kelompok tani" },
    ]);
  });

  test("lies where its point is, and nowhere else", async () => {
    const at = { type: "Point", coordinates: [112.025, -7.495] };
    const made = await service.call(items, { body: feature({ title: "Tambang" }, at) });
    expect(made).toMatchObject({
      status: 201,
      body: { geometry: at, properties: { village_code: village(3), village_codes: [village(3)] } },
    });
    expect((await service.call(items, { body: feature({}, { type: "Point", coordinates: [100, 0] }) })).body.code).toBe("point_outside");
    expect((await service.call(items, { body: feature({ village_code: "99.01.01.2999" }) })).body).toMatchObject({
      code: "unknown_village",
      field: "village_code",
    });
    expect(await found("bbox=112.02,-7.5,112.03,-7.49")).toEqual(["Tambang"]);
    expect(await found("bbox=112.0,-7.5,112.03,-7.49")).toEqual(["Batas sawah", "Tambang"]);
  });

  test("is changed only on what is there; closed with what settled it, and opened again", async () => {
    const current = (await service.call(`${items}/${id}`)).body;
    expect((await put(current, '"9"')).status).toBe(412);
    expect((await service.call(`${items}/${id}`, { method: "PUT", body: current })).status).toBe(428);
    const staged = await put({ ...current, properties: { ...current.properties, stage: "T3", review_due: addDays(today, -90) } }, '"1"');
    expect(staged).toMatchObject({ status: 200, body: { properties: { stage: "T3", days_overdue: 90, weight: 0.5 } } });
    const closing = { ...staged.body, properties: { ...staged.body.properties, status: "closed" } };
    expect((await put(closing, '"2"')).body).toMatchObject({ code: "closing_note_needed", field: "closing_note" });
    const closed = await put({ ...closing, properties: { ...closing.properties, closing_note: "Patok dipasang bersama." } }, '"2"');
    expect(closed).toMatchObject({
      status: 200,
      body: { properties: { status: "closed", closed_on: today, weight: null, days_overdue: 0 } },
    });
    const opened = await put({ ...closed.body, properties: { ...closed.body.properties, status: "open" } }, '"3"');
    expect(opened).toMatchObject({ status: 200, body: { properties: { status: "open", closed_on: null, closing_note: null } } });
    const { versions } = (await service.call(`/api/potentials/${id}/history`)).body;
    expect(versions.map((version: { operation: string }) => version.operation)).toEqual(["create", "replace", "close", "reopen"]);
    expect(versions[1].changes).toEqual(
      [
        { field: "stage", from: "T1", to: "T3" },
        { field: "review_due", from: addDays(today, 90), to: addDays(today, -90) },
      ].toSorted(
        (a, b) =>
          versions[1].changes.findIndex((c: { field: string }) => c.field === a.field) -
          versions[1].changes.findIndex((c: { field: string }) => c.field === b.field),
      ),
    );
  });

  test("what was known at a moment can be read again", async () => {
    const { versions } = (await service.call(`/api/potentials/${id}/history`)).body;
    const at = (index: number): string => encodeURIComponent(new Date(new Date(versions[index].changedAt).getTime()).toISOString());
    expect((await service.call(`${items}/${id}?asOf=${at(0)}`)).body.properties).toMatchObject({ stage: "T1", status: "open" });
    expect((await service.call(`${items}/${id}?asOf=${at(2)}`)).body.properties).toMatchObject({ stage: "T3", status: "closed" });
    expect((await service.call(`${items}?asOf=2020-01-01`)).body.numberMatched).toBe(0);
  });

  test("overdue ones are listed, and the usual filters, pages and tables work", async () => {
    expect(await found("overdue=true")).toEqual(["Batas sawah"]);
    expect(await found("overdue=false")).toEqual(["Tambang"]);
    expect(await found(`filter=${encodeURIComponent(`village_codes LIKE '%${village(2)}%' AND status = 'open'`)}`)).toEqual([
      "Batas sawah",
    ]);
    expect(await found(`filter=${encodeURIComponent(`review_due < '${today}'`)}`)).toEqual(["Batas sawah"]);
    expect(await found("issue=404")).toEqual([]);
    const page = (await service.call(`${items}?limit=1&sortby=-days_overdue`)).body;
    expect(page).toMatchObject({ numberMatched: 2, numberReturned: 1 });
    const next = page.links.find((link: { rel: string }) => link.rel === "next").href.slice(service.url.length);
    expect((await service.call(next)).body.features[0].properties.title).toBe("Tambang");
    expect((await service.call(`${items}?f=csv`)).body).toContain("Batas sawah");
    expect((await service.call("/api/collections")).body.collections.map((one: { id: string }) => one.id)).toContain("potentials");
  });

  test.each([
    ["", { sorted: null, key: "x" }],
    ["", { sorted: "T1", key: "00000000-0000-0000-0000-000000000000" }],
    ["sortby=days_overdue&", { sorted: "a", key: "00000000-0000-0000-0000-000000000000" }],
    ["sortby=opened_on&", { sorted: "a", key: "00000000-0000-0000-0000-000000000000" }],
    ["sortby=title&", { sorted: "a\u0000", key: "00000000-0000-0000-0000-000000000000" }],
  ])("a forged cursor is told, with %s%o", async (query, cursor) => {
    const forged = Buffer.from(JSON.stringify(cursor)).toString("base64url");
    const answer = await service.call(`${items}?${query}cursor=${forged}`);
    expect([answer.status, answer.body.code]).toEqual([400, "invalid_cursor"]);
  });

  test.each(["title", "-days_overdue", "opened_on", "recorded_at"])("pages sorted by %s join up", async (sortby) => {
    const seen: string[] = [];
    for (let next: string | undefined = `${items}?limit=1&sortby=${sortby}`; next; ) {
      const page: { features: { id: string }[]; links: { rel: string; href: string }[] } = (await service.call(next)).body;
      seen.push(...page.features.map((one) => one.id));
      next = page.links.find((link) => link.rel === "next")?.href.slice(service.url.length);
    }
    expect(new Set(seen).size).toBe(2);
    expect(seen).toHaveLength(2);
  });

  const header =
    "kode;desa_terkait;judul;isu;tahap;status;penanggung_jawab;dibuka;tinjau_ulang;penyelesaian;pihak;fakta;pendapat;bujur;lintang";
  const table = (...rows: string[]): string => `${header}\n${rows.join("\n")}\n`;
  const good = `9901012004;${village(5)};Batas desa;205;T2;terbuka;Kecamatan Uji;2025-02-01;2025-06-01;;pemerintah desa:penuntut; perusahaan;x`;

  test("comes in by file as offices write it; the same file again changes nothing, also after a person changed it", async () => {
    const text = table(
      `9901012004;${village(5)};Batas desa;205;T2;terbuka;Kecamatan Uji;2025-02-01;2025-06-01;;"pemerintah desa:penuntut; perusahaan:tertuntut:PT Contoh";Patok hilang.;Perlu mediasi.;;`,
      ";;Parkir pasar;305;;selesai;;2025-03-01;;Ada kesepakatan.;;Rebutan lahan parkir.;;112.005;-7.505",
    );
    const first = await service.load("potentials", "potensi.csv", text);
    expect(first).toMatchObject({ status: "successful", results: { accepted: 2, rejected: 0, warnings: [] } });
    const kept = (await service.call(`${items}?title=Batas%20desa`)).body.features[0];
    expect(kept.properties).toMatchObject({
      village_codes: [village(4), village(5)],
      stage: "T2",
      owner: "Kecamatan Uji",
      actors: [
        { type: "village_government", role: "claimant" },
        { type: "company", role: "respondent", name: "PT Contoh" },
      ],
    });
    expect((await service.call(`${items}?title=Parkir%20pasar`)).body.features[0].properties).toMatchObject({
      status: "closed",
      village_code: village(6),
    });
    expect((await service.load("potentials", "potensi.csv", text)).results).toMatchObject({ accepted: 0, unchanged: 2 });
    const edited = await service.call(`${items}/${kept.id}`, {
      method: "PUT",
      body: { ...kept, properties: { ...kept.properties, stage: "T4" } },
      headers: { "if-match": '"1"' },
    });
    expect(edited.status).toBe(200);
    expect((await service.load("potentials", "potensi.csv", text)).results).toMatchObject({ accepted: 0, unchanged: 2 });
    expect((await service.call(`${items}/${kept.id}`)).body.properties.stage).toBe("T4");
    expect((await service.load("potentials", "potensi.csv", text.replace("Patok hilang", "Patok digeser"))).results).toMatchObject({
      accepted: 1,
      unchanged: 1,
    });
    expect((await service.call(`${items}/${kept.id}`)).body.properties).toMatchObject({ stage: "T2", facts: "Patok digeser." });
  });

  test.each<[string, string, string, string]>([
    ["actors nobody can read", good.replace("pemerintah desa:penuntut; perusahaan", "raja:penuntut"), "actors", "unreadable_actors"],
    ["an issue nobody knows", `${village(1)};;x;998;;;;;;;;x;;;`, "issue", "invalid_field"],
    ["a village that is none", "99.01.01.2999;;x;205;;;;;;;;x;;;", "village_code", "unknown_village"],
    ["a point in the sea", ";;x;205;;;;;;;;x;;100;0", "geometry", "point_outside"],
    ["no facts", `${village(1)};;x;205;;;;;;;;;;;`, "facts", "missing_field"],
  ])("%s rejects the file and names the field", async (_, line, field, code) => {
    const quoted = code === "unreadable_actors" ? `${village(1)};;x;205;;;;;;;raja:penuntut;x;;;` : line;
    const { status, results } = await service.load("potentials", "salah.csv", table(quoted));
    expect([status, results.accepted]).toEqual(["failed", 0]);
    expect(results.rows).toMatchObject([{ row: 2, field, code }]);
  });

  test("a review that is due raises one alert for the team, which is over when the review is put off or the dispute closed", async () => {
    const due = randomUUID();
    const alerts = async (): Promise<Record<string, unknown>[]> =>
      (await service.call("/api/alerts?state=all&kind=potential_review_due")).body.alerts.filter(
        ({ subject_id }: { subject_id: string }) => subject_id === due,
      );
    const put = (version: number, properties: Record<string, unknown>) =>
      service.call(`${items}/${due}`, {
        method: "PUT",
        body: feature({ village_code: village(3), opened_on: addDays(today, -200), ...properties }, null, due),
        headers: { "if-match": `"${version}"` },
      });
    const made = await service.call(items, {
      body: feature({ village_code: village(3), opened_on: addDays(today, -200), review_due: addDays(today, -3) }, null, due),
    });
    expect(made.status).toBe(201);
    expect(await alerts()).toMatchObject([
      { state: "open", subject_kind: "potentials", area_code: village(3), due_on: addDays(today, -3), days_overdue: 3, details: {} },
    ]);
    expect((await put(1, { review_due: addDays(today, 30) })).status).toBe(200);
    expect(await alerts()).toMatchObject([{ state: "settled" }]);
    expect((await put(2, { review_due: addDays(today, -1) })).status).toBe(200);
    expect((await alerts()).map(({ state }) => state).sort()).toEqual(["open", "settled"]);
    expect((await put(3, { review_due: addDays(today, -1), status: "closed", closed_on: today, closing_note: "Selesai." })).status).toBe(
      200,
    );
    expect((await alerts()).map(({ state }) => state)).toEqual(["settled", "settled"]);
  });

  test("withdrawn it is shown nowhere and stays in its history", async () => {
    const version = (await service.call(`${items}/${id}`)).headers.get("etag") ?? "";
    expect((await service.call(`${items}/${id}`, { method: "DELETE", headers: { "if-match": version } })).status).toBe(204);
    expect((await service.call(`${items}/${id}`)).status).toBe(404);
    expect(await found("overdue=true&stage=T3")).toEqual([]);
    expect((await service.call(`${items}/${id}`, { method: "DELETE", headers: { "if-match": version } })).status).toBe(410);
  });
});
