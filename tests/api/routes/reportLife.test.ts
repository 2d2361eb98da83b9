import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines } from "../../fixtures/database.ts";
import { type ReportService, startReportService, villages } from "../../fixtures/reportService.ts";
import { as } from "../../fixtures/signedIn.ts";

describe.each(engines)("reports and their incidents, %s", (engine) => {
  let service: ReportService;
  beforeAll(async () => {
    service = await startReportService(engine);
  });
  afterAll(() => service?.remove());

  const send = (method: string, id: string, properties: unknown, more: { headers?: Record<string, string>; token?: null } = {}) =>
    service.call(`/api/collections/reports/items${id && `/${id}`}`, { method, body: { type: "Feature", properties }, ...more });
  const further = async (incident: string, more: Record<string, unknown> = {}) =>
    (
      await send("POST", "", {
        incident_ids: [incident],
        village_code: villages[0],
        obtained_at: "2025-06-28",
        facts: "Kata warga.",
        ...more,
      })
    ).body;
  const historyOf = async (collection: string, id: string) =>
    (await service.call(`/api/collections/${collection}/items/${id}/history`)).body;
  const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

  test("an incident names its reports and a report its incidents", async () => {
    const incident = (await service.file({})).body;
    const report = await further(incident.id);
    const { report_ids, report_count } = (await service.item("incidents", incident.id)).body.properties;
    expect(report_ids).toHaveLength(2);
    expect(report_ids).toContain(report.id);
    expect(report_count).toBe(2);
    expect((await service.item("reports", report.id)).body.properties.incident_ids).toEqual([incident.id]);
  });

  test("every field of a report is replaced under If-Match, and what was read can be sent back", async () => {
    const incident = (await service.file({})).body;
    const report = await further(incident.id);
    const fields = {
      village_code: villages[1],
      obtained_at: "2025-06-29T01:00:00.000Z",
      channel: "WhatsApp",
      source_value: "B",
      content_value: 2,
      facts: "Babinsa membenarkan.",
      analysis: "a",
      prediction: "p",
      action_taken: "t",
      recommendation: "r",
      period_from: "2025-06-01",
      period_to: "2025-06-30",
    };
    expect((await send("PUT", report.id, { ...report.properties, ...fields })).status).toBe(428);
    expect((await send("PUT", report.id, { ...report.properties, ...fields }, { headers: { "if-match": '"7"' } })).status).toBe(412);
    const changed = await send("PUT", report.id, { ...report.properties, ...fields }, { headers: { "if-match": '"1"' } });
    expect([changed.status, changed.headers.get("etag")]).toEqual([200, '"2"']);
    expect(changed.body.properties).toMatchObject({ ...fields, incident_ids: [incident.id], status: "reported" });
    const { history, numberMatched } = await historyOf("reports", report.id);
    expect(numberMatched).toBe(2);
    expect(history.map((line: { operation: string; by: string }) => [line.operation, line.by])).toEqual([
      ["create", "admin"],
      ["replace", "admin"],
    ]);
    expect(history[0].feature.properties).toMatchObject({ facts: "Kata warga.", obtained_at: "2025-06-28" });
  });

  test.each<[string, Record<string, unknown>, string, string]>([
    ["NUL in its facts", { facts: "a\u0000b" }, "invalid_text", "properties.facts"],
    ["no facts", { facts: " " }, "missing_field", "facts"],
    ["a period that ends before it begins", { period_from: "2025-06-30", period_to: "2025-06-01" }, "period_ends_before", "period_to"],
    ["a field that is not known", { isi: "x" }, "unknown_field", "isi"],
    ["a source value beyond F", { source_value: "G" }, "invalid_field", "source_value"],
    ["a village that is not loaded", { village_code: "99.01.01.2999" }, "unknown_village", "village_code"],
    ["an incident that is not there", { incident_ids: ["5f0e9c0e-8f2e-4b44-9d2e-0d4f3a4f7a11"] }, "not_found", "incident_ids"],
  ])("a report with %s is refused by its field and changes nothing", async (_, wrong, code, field) => {
    const report = await further((await service.file({})).body.id);
    const answer = await send("PUT", report.id, { ...report.properties, ...wrong }, { headers: { "if-match": '"1"' } });
    expect(answer.body).toMatchObject({ code, field });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect((await service.item("reports", report.id)).headers.get("etag")).toBe('"1"');
  });

  test("those who file change their own reports only; another kabupaten's is not there", async () => {
    const report = (await send("POST", "", { nil: true, village_code: villages[0] }, as("pelapor"))).body;
    const change = { ...report.properties, facts: "Aman." };
    const match = { "if-match": "*" };
    const by = (name: string) => ({ ...as(name), headers: { ...as(name).headers, ...match } });
    expect((await send("PUT", report.id, change, by("pelapor-lain"))).status).toBe(404);
    expect((await send("PUT", report.id, change, by("tetangga"))).status).toBe(404);
    expect((await send("PUT", report.id, change, by("pembaca"))).status).toBe(403);
    expect((await send("PUT", report.id, change, by("pelapor"))).status).toBe(200);
    expect((await service.call(`/api/collections/reports/items/${report.id}/history`, as("tetangga"))).status).toBe(404);
    expect((await service.call(`/api/collections/reports/items/${report.id}/history`, as("pelapor"))).status).toBe(403);
  });

  test("a withdrawn report is counted nowhere and kept in its history", async () => {
    const incident = (await service.file({})).body;
    const report = await further(incident.id);
    const path = `/api/collections/reports/items/${report.id}`;
    expect((await service.call(path, { method: "DELETE", ...as("pelapor") })).status).toBe(403);
    expect((await service.call(path, { method: "DELETE", headers: { "if-match": '"1"' } })).status).toBe(204);
    expect((await service.call(path)).status).toBe(404);
    expect((await send("PUT", report.id, report.properties, { headers: { "if-match": "*" } })).status).toBe(410);
    expect((await service.item("incidents", incident.id)).body.properties.report_count).toBe(1);
    expect((await historyOf("reports", report.id)).history.at(-1)).toMatchObject({ operation: "withdraw" });
  });

  test("a report is tied to a second incident and untied again, each with its line in both histories", async () => {
    const [one, two] = [(await service.file({})).body.id, (await service.file({ facts: "Yang lain." })).body.id];
    const report = await further(one);
    const path = `/api/collections/incidents/items/${two}/reports/${report.id}`;
    const tied = await service.call(path, { method: "PUT", ...as("analis") });
    expect(tied.body.properties.report_ids).toContain(report.id);
    expect((await service.call(path, { method: "PUT" })).headers.get("etag")).toBe(tied.headers.get("etag"));
    expect((await service.item("reports", report.id)).body.properties.incident_ids.toSorted()).toEqual([one, two].toSorted());
    expect((await service.call(path, { method: "DELETE" })).body.properties.report_ids).not.toContain(report.id);
    const operations = async (collection: string, id: string) =>
      (await historyOf(collection, id)).history.map((line: { operation: string }) => line.operation);
    expect(await operations("incidents", two)).toEqual(["create", "attach", "detach"]);
    expect(await operations("reports", report.id)).toEqual(["create", "attach", "detach"]);
    const nil = (await send("POST", "", { nil: true, village_code: villages[0] })).body;
    const refused = await service.call(`/api/collections/incidents/items/${two}/reports/${nil.id}`, { method: "PUT" });
    expect(refused.body.code).toBe("nil_has_no_incident");
    expect((await service.call(path, { method: "PUT", ...as("pelapor") })).status).toBe(403);
    expect((await service.call(path, { method: "PUT", ...as("tetangga") })).status).toBe(404);
  });

  test("asOf gives incidents and reports as they were known then", async () => {
    const before = new Date().toISOString();
    await pause();
    const incident = (await service.file({ facts: "Semula.", killed: 1, occurred_from: "2025-06-27T20:00:00+07:00" })).body;
    const report = await further(incident.id);
    await pause();
    const then = new Date().toISOString();
    await pause();
    const { properties } = incident;
    const body = {
      type: "Feature",
      geometry: null,
      properties: { ...properties, facts: "Ternyata.", killed: 0, village_code: villages[1] },
    };
    const put = await service.call(`/api/collections/incidents/items/${incident.id}`, {
      method: "PUT",
      body,
      headers: { "if-match": "*" },
    });
    expect(put.status).toBe(200);
    const reportPath = `/api/collections/reports/items/${report.id}`;
    expect((await service.call(reportPath, { method: "DELETE", headers: { "if-match": "*" } })).status).toBe(204);

    const asOf = (moment: string) => `?asOf=${encodeURIComponent(moment)}`;
    expect((await service.item("incidents", incident.id, asOf(before))).status).toBe(404);
    const past = (await service.item("incidents", incident.id, asOf(then))).body;
    const { report_ids, ...told } = past.properties;
    const { report_ids: now, ...written } = properties;
    expect(told).toEqual({ ...written, report_count: 2 });
    expect(report_ids.toSorted()).toEqual([...now, report.id].toSorted());
    const { links, ...pastReport } = (await service.item("reports", report.id, asOf(then))).body;
    expect(pastReport).toEqual(report);
    expect(links.map(({ rel }: { rel: string }) => rel)).toContain("collection");
    expect((await service.item("incidents", incident.id)).body.properties).toMatchObject({ facts: "Ternyata.", killed: 0 });

    const listed = async (query: string) =>
      (await service.call(`/api/collections/incidents/items?limit=1000&${query}`)).body.features.map((one: { id: string }) => one.id);
    expect(await listed(`asOf=${encodeURIComponent(before)}`)).not.toContain(incident.id);
    expect(await listed(`asOf=${encodeURIComponent(then)}&village_code=${villages[0]}`)).toContain(incident.id);
    expect(await listed(`village_code=${villages[0]}`)).not.toContain(incident.id);
    expect((await service.call("/api/collections/incidents/items?asOf=kemarin")).body).toMatchObject({
      code: "invalid_parameter",
      field: "asOf",
    });
    expect((await service.call("/api/collections/villages/items?asOf=2025-01-01")).body).toMatchObject({ field: "asOf" });
  });

  describe("attachments", () => {
    const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
    const report = async () => (await send("POST", "", { nil: true, village_code: villages[0] }, as("pelapor"))).body.id as string;
    const pathOf = (id: string) => `/api/collections/reports/items/${id}/attachments`;
    const attach = (
      id: string,
      name: string,
      bytes: Uint8Array,
      more: { headers?: Record<string, string>; token?: null } = as("pelapor"),
    ) => {
      const form = new FormData();
      form.set("file", new Blob([bytes as BlobPart], { type: "image/svg+xml" }), name);
      return service.call(pathOf(id), { body: form, ...more });
    };
    const versionOf = async (id: string) => (await service.item("reports", id)).headers.get("etag");

    test("a file is told by its content, comes back byte for byte under its hash, and the same bytes again are one row", async () => {
      const id = await report();
      const sent = await attach(id, "../foto kejadian.html", png);
      expect(sent.status).toBe(201);
      const sha256 = createHash("sha256").update(png).digest("hex");
      expect(sent.body).toMatchObject({
        name: "foto kejadian.html",
        media_type: "image/png",
        size_bytes: png.length,
        sha256,
        added_by: "pelapor",
      });
      expect((await attach(id, "sama.png", png)).body).toEqual(sent.body);
      expect((await service.call(pathOf(id))).body.attachments).toEqual([sent.body]);
      expect((await service.item("reports", id)).body.properties.attachment_count).toBe(1);
      expect(await versionOf(id)).toBe('"2"');

      const got = await service.call(sent.body.href, as("pelapor"));
      expect(Buffer.from(got.body).equals(png)).toBe(true);
      expect(Object.fromEntries(["etag", "content-type", "x-content-type-options"].map((name) => [name, got.headers.get(name)]))).toEqual({
        etag: `"${sha256}"`,
        "content-type": "image/png",
        "x-content-type-options": "nosniff",
      });
      expect(got.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''foto%20kejadian.html");
      expect((await service.call(sent.body.href, { headers: { "if-none-match": `"${sha256}"` } })).status).toBe(304);
    });

    test("a file of several parts is whole, and withdrawn it is gone but on record", async () => {
      const id = await report();
      const bytes = Buffer.from("Catatan lapangan. ".repeat(150_000));
      const sent = await attach(id, "catatan.txt", bytes);
      expect(sent.body).toMatchObject({ media_type: "text/plain", size_bytes: bytes.length });
      expect((await service.call(sent.body.href)).body).toBe(bytes.toString());
      expect((await service.call(sent.body.href, { method: "DELETE", ...as("pelapor-lain") })).status).toBe(404);
      expect((await service.call(sent.body.href, { method: "DELETE", ...as("pelapor") })).status).toBe(204);
      expect((await service.call(sent.body.href)).status).toBe(410);
      expect((await service.call(pathOf(id))).body.attachments).toEqual([]);
      const operations = (await historyOf("reports", id)).history.map((line: { operation: string }) => line.operation);
      expect(operations).toEqual(["create", "attachment", "attachment"]);
      expect((await attach(id, "catatan.txt", bytes)).status).toBe(201);
    });

    test.each<[string, Uint8Array, number, string]>([
      ["a program", Buffer.from("MZ\u0000\u0001program"), 415, "attachment_type"],
      ["an archive", Buffer.from("504b0506000000000000000000000000000000000000", "hex"), 415, "attachment_type"],
      ["nothing", new Uint8Array(0), 422, "invalid_field"],
      ["more than 20 MB", new Uint8Array(20 * 1024 * 1024 + 1), 413, "attachment_too_large"],
    ])("%s is refused and changes nothing", async (_, bytes, status, code) => {
      const id = await report();
      const answer = await attach(id, "foto.png", bytes);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      expect(await versionOf(id)).toBe('"1"');
    });

    test("whose report it is not, or who only reads sums, neither reads nor attaches", async () => {
      const id = await report();
      const { href } = (await attach(id, "foto.png", png)).body;
      for (const name of ["pelapor-lain", "tetangga"]) {
        expect((await service.call(href, as(name))).status).toBe(404);
        expect((await attach(id, "foto.png", png, as(name))).status).toBe(404);
      }
      expect((await service.call(pathOf(id), as("pembaca"))).status).toBe(403);
      expect((await service.call(href, as("kecamatan"))).status).toBe(200);
      expect((await service.call(pathOf(id), { body: "x", headers: { "content-type": "text/plain" } })).status).toBe(415);
    });
  });
});
