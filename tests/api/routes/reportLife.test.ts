import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines } from "../../fixtures/database.ts";
import { type ReportService, startReportService, villages } from "../../fixtures/reportService.ts";
import { as } from "../../fixtures/signedIn.ts";

describe.each(engines)("reports and their incidents, %s", (engine) => {
  let service: ReportService;
  beforeAll(async () => {
    service = await startReportService(engine);
  }, 180_000);
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
    expect((await service.item("reports", report.id, asOf(then))).body).toEqual(report);
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
});
