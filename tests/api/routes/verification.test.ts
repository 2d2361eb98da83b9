import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines } from "../../fixtures/database.ts";
import { type ReportService, startReportService, villages } from "../../fixtures/reportService.ts";
import { as } from "../../fixtures/signedIn.ts";

type Who = "pelapor" | "analis" | "kecamatan" | "kabupaten" | "tetangga";

describe.each(engines)("verification and merging, %s", (engine) => {
  let service: ReportService;
  beforeAll(async () => {
    service = await startReportService(engine);
  });
  afterAll(() => service?.remove());

  const decide = (id: string, who: Who, to: string, reason?: string, kind = "incidents") =>
    service.call(`/api/collections/${kind}/items/${id}/verification`, { body: { to, ...(reason ? { reason } : {}) }, ...as(who) });
  const merge = (id: string, into: string, who: Who = "kabupaten") =>
    service.call(`/api/incidents/${id}/merge`, { body: { into, reason: "Kejadian yang sama" }, ...as(who) });
  const unmerge = (id: string, who: Who = "kabupaten") => service.call(`/api/incidents/${id}/unmerge`, { method: "POST", ...as(who) });
  const incident = async (more: Record<string, unknown> = {}): Promise<string> => (await service.file(more)).body.id;
  const told = async (id: string) => (await service.item("incidents", id)).body.properties;
  const counted = async () => (await service.call("/api/collections/incidents/items?limit=1&filter=status <> 'merged'")).body.numberMatched;

  test("a draft is sent in, verified at the kecamatan, then at the kabupaten, and who, when and why is kept", async () => {
    const draft = (await service.file({ status: "draft" }, as("pelapor"))).body;
    expect(draft.properties).toMatchObject({ status: "draft", verification_level: null });
    const steps: [Who, string, string, string | null][] = [
      ["pelapor", "reported", "reported", null],
      ["kecamatan", "district", "reported", "district"],
      ["kabupaten", "regency", "verified", "regency"],
    ];
    for (const [who, to, status, level] of steps) {
      const answer = await decide(draft.id, who, to, "Dicek");
      expect(answer.body.properties).toMatchObject({ status, verification_level: level });
      expect((await decide(draft.id, who, to)).headers.get("etag")).toBe(answer.headers.get("etag"));
    }
    const { history, verification } = (await service.call(`/api/collections/incidents/items/${draft.id}/history`)).body;
    expect(history.map((line: { operation: string }) => line.operation)).toEqual(["create", "verify", "verify", "verify"]);
    expect(verification.steps.map((step: { by: string; to: unknown; reason: string }) => [step.by, step.to, step.reason])).toEqual(
      steps.map(([who, , status, level]) => [who, { status, level }, "Dicek"]),
    );
    expect(Date.parse(verification.steps[0].at)).not.toBeNaN();
  });

  test.each<[string, Who, string, string, number, string]>([
    ["a reporter verifies what somebody else filed", "pelapor", "reported", "district", 404, "not_found"],
    ["an analyst verifies", "analis", "reported", "regency", 403, "not_allowed"],
    ["a kecamatan verifies for the kabupaten", "kecamatan", "reported", "regency", 403, "level_refused"],
    ["another kabupaten verifies", "tetangga", "reported", "district", 404, "not_found"],
    ["somebody refuses without a reason", "kabupaten", "reported", "rejected", 422, "missing_field"],
    ["a draft is verified before it is sent in", "kabupaten", "draft", "regency", 409, "step_refused"],
    ["a step has another name", "kabupaten", "reported", "selesai", 422, "invalid_field"],
  ])("nothing changes where %s", async (_, who, status, to, expected, code) => {
    const id = await incident({ status });
    const answer = await decide(id, who, to);
    expect([answer.status, answer.body.code]).toEqual([expected, code]);
    expect((await service.item("incidents", id)).headers.get("etag")).toBe('"1"');
  });

  test("only the kabupaten takes back what the kabupaten verified, and says why", async () => {
    const id = await incident();
    expect((await decide(id, "kabupaten", "regency")).status).toBe(200);
    expect((await decide(id, "kecamatan", "rejected", "Salah")).body.code).toBe("level_refused");
    expect((await decide(id, "kabupaten", "reported")).body.code).toBe("missing_field");
    expect((await decide(id, "kabupaten", "rejected", "Hoaks")).body.properties).toMatchObject({
      status: "rejected",
      verification_level: null,
    });
    expect((await decide(id, "kabupaten", "reported", "Ternyata benar")).body.properties.status).toBe("reported");
  });

  test("a status that is sent with a replacement is a step on the record, and not one for a kecamatan", async () => {
    const id = await incident();
    const { properties, geometry } = (await service.item("incidents", id)).body;
    const put = (who: Who) =>
      service.call(`/api/collections/incidents/items/${id}`, {
        method: "PUT",
        body: { type: "Feature", geometry, properties: { ...properties, status: "verified" } },
        ...as(who),
        headers: { ...as(who).headers, "if-match": "*" },
      });
    expect((await put("kecamatan")).body.code).toBe("level_refused");
    expect((await put("kabupaten")).body.properties).toMatchObject({ status: "verified", verification_level: "regency" });
    expect((await service.call(`/api/collections/incidents/items/${id}/history`)).body.verification.numberMatched).toBe(1);
  });

  test("a report has its own way from reported to verified", async () => {
    const report = (await told(await incident())).report_ids[0];
    expect((await decide(report, "kecamatan", "district", undefined, "reports")).body.properties.verification_level).toBe("district");
    expect((await decide(report, "kabupaten", "regency", undefined, "reports")).body.properties.status).toBe("verified");
    const { history } = (await service.call(`/api/collections/reports/items/${report}/history`)).body;
    expect(history.map((line: { operation: string }) => line.operation)).toEqual(["create", "verify", "verify"]);
  });

  test("merged incidents count once, with all their reports, and undone are exactly what they were", async () => {
    const [one, two] = [await incident({ status: "reported" }), await incident({ facts: "Bentrok dua kelompok." })];
    await decide(one, "kecamatan", "district");
    const [before, other] = [await told(one), await told(two)];
    const total = await counted();
    const merged = await merge(one, two);
    expect(merged.body.properties).toMatchObject({ status: "merged", merged_into: two, report_ids: [], verification_level: null });
    expect((await told(two)).report_ids.toSorted()).toEqual([...before.report_ids, ...other.report_ids].toSorted());
    expect(await counted()).toBe(total - 1);
    expect((await merge(one, two)).headers.get("etag")).toBe(merged.headers.get("etag"));
    expect((await unmerge(one)).status).toBe(200);
    expect([await told(one), await told(two)]).toEqual([before, other]);
    expect(await counted()).toBe(total);
    expect((await unmerge(one)).body.code).toBe("not_merged");
    const operations = async (id: string) =>
      (await service.call(`/api/collections/incidents/items/${id}/history`)).body.history.map(
        (line: { operation: string }) => line.operation,
      );
    expect(await operations(one)).toEqual(["create", "verify", "merge", "unmerge"]);
    expect(await operations(two)).toEqual(["create", "merge", "unmerge"]);
  });

  test("a report that three incidents share stays with each as it was, in whatever order the merges are undone", async () => {
    const ids = [await incident(), await incident({ facts: "Kedua." }), await incident({ facts: "Ketiga." })];
    const [one, two, three] = ids as [string, string, string];
    const shared = (await told(one)).report_ids[0];
    for (const id of [two]) await service.call(`/api/collections/incidents/items/${id}/reports/${shared}`, { method: "PUT" });
    const before = await Promise.all(ids.map(told));
    await merge(one, three);
    await merge(two, three);
    expect((await told(three)).report_count).toBe(3);
    await unmerge(one);
    expect((await told(three)).report_ids).toContain(shared);
    await unmerge(two);
    expect(await Promise.all(ids.map(told))).toEqual(before);
  });

  test("a merge inside a merge is undone from the outside in", async () => {
    const [one, two, three] = [await incident(), await incident({ facts: "Dua." }), await incident({ facts: "Tiga." })];
    await merge(one, two);
    await merge(two, three);
    expect((await merge(three, two)).body.code).toBe("merged_already");
    expect((await unmerge(one)).body).toMatchObject({ code: "merged_already", into: three });
    expect((await told(three)).report_count).toBe(3);
    expect((await unmerge(two)).status).toBe(200);
    expect((await unmerge(one)).status).toBe(200);
    expect((await told(two)).report_count).toBe(1);
  });

  test.each<[string, Who, number, string]>([
    ["pelapor", "pelapor", 403, "not_allowed"],
    ["analis", "analis", 403, "not_allowed"],
    ["tetangga", "tetangga", 404, "not_found"],
  ])("%s merges nothing", async (_, who, status, code) => {
    const [one, two] = [await incident(), await incident({ facts: "Dua." })];
    const answer = await merge(one, two, who);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test("an incident outside of the scope cannot be merged into, nor one with itself, and a merged one keeps its status", async () => {
    const [one, far] = [await incident(), await incident({ village_code: villages[6] })];
    expect((await merge(one, far)).body.code).toBe("not_found");
    expect((await merge(one, one)).body.code).toBe("merge_with_itself");
    const two = await incident({ facts: "Dua." });
    await merge(one, two);
    const { properties } = (await service.item("incidents", one)).body;
    const put = await service.call(`/api/collections/incidents/items/${one}`, {
      method: "PUT",
      headers: { "if-match": "*" },
      body: { type: "Feature", geometry: null, properties: { ...properties, status: "reported" } },
    });
    expect(put.body.code).toBe("merged_already");
  });

  describe("likely duplicates", () => {
    const likely = async (query: string, who: Who = "kabupaten") =>
      (await service.call(`/api/incidents/duplicates?${query}`, as(who))).body;
    const brawl = {
      village_code: villages[3],
      occurred_from: "2024-03-05",
      facts: "Bentrokan dua perguruan silat di dekat pasar, dua orang luka.",
    };
    let one: string;
    let two: string;
    beforeAll(async () => {
      one = await incident({ ...brawl, injured: 2 });
      two = await incident({ ...brawl, facts: "Dua perguruan silat bentrok dekat pasar, 2 org luka", occurred_from: "2024-03-05" });
      await incident({ ...brawl, issue: "305", form: "F4", facts: "Petani menutup jalan, pupuk langka.", occurred_from: "2024-03-09" });
      await incident({ ...brawl, occurred_from: "2024-03-30" });
    });

    test("two tellings of one brawl are proposed with their parts; another day or story is not", async () => {
      const found = await likely("from=2024-03-01&to=2024-04-01");
      expect(found).toMatchObject({ numberMatched: 1, numberReturned: 1, cut: false, judged: 3 });
      const [pair] = found.pairs;
      expect([pair.first, pair.second]).toEqual([one, two].toSorted());
      expect(pair.probability).toBeGreaterThan(0.9);
      const parts: number[] = Object.values(pair.parts);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(Math.log(pair.probability / (1 - pair.probability)), 9);
      expect(found.incidents.map((each: { id: string }) => each.id)).toEqual([one, two].toSorted());
    });

    test("one incident is asked about by itself, from whichever side", async () => {
      for (const id of [one, two]) expect((await likely(`incident=${id}`)).numberMatched).toBe(1);
      expect((await likely("incident=5f0e9c0e-8f2e-4b44-9d2e-0d4f3a4f7a11")).code).toBe("not_found");
    });

    test("areas and scope hold, and the period is bounded", async () => {
      const period = "from=2024-03-01&to=2024-04-01";
      expect((await likely(`${period}&areas=99.01.01`)).judged).toBe(0);
      expect((await likely(`${period}&areas=99.01.02`)).judged).toBe(3);
      expect((await likely(period, "kecamatan")).judged).toBe(0);
      expect((await likely(period, "analis")).code).toBe("not_allowed");
      expect((await likely("from=2020-01-01&to=2024-04-01")).code).toBe("invalid_parameter");
    });

    test("a pair found different is not proposed again until that is taken back; a merged one neither", async () => {
      const say = (different: boolean) =>
        service.call("/api/incidents/duplicates", { method: "PUT", body: { first: two, second: one, different }, ...as("kabupaten") });
      expect((await say(true)).status).toBe(204);
      expect((await likely(`incident=${one}`)).numberMatched).toBe(0);
      await say(false);
      expect((await likely(`incident=${one}`)).numberMatched).toBe(1);
      await merge(one, two);
      expect((await likely("from=2024-03-01&to=2024-04-01")).numberMatched).toBe(0);
    });
  });

  describe("a pasted message", () => {
    const draft = (text: string, who: "pelapor" | "pembaca" | "tetangga" = "pelapor") =>
      service.call("/api/reports/draft", { body: { text }, ...as(who) });
    const message =
      "[27/06/25 21.14.05] Budi: Ijin lapor, kemarin pukul 20.15 WIB terjadi bentrokan perguruan silat di Desa Silat Lor Kec. Uji, 2 orang luka. Info dari Babinsa.";

    test("is read field by field with its evidence, what it does not say is null, and nothing is stored", async () => {
      const before = (await service.call("/api/collections/incidents/items?limit=1")).body.numberMatched;
      const { status, body } = await draft(message);
      expect([status, body.kind]).toEqual([200, "event"]);
      const values = Object.fromEntries(Object.entries(body.fields).map(([field, guess]) => [field, (guess as { value: unknown }).value]));
      expect(values).toMatchObject({
        occurred_from: "2025-06-26T20:15:00+07:00",
        obtained_at: "2025-06-27T14:14:00.000Z",
        issue: "404",
        form: "F6",
        injured: 2,
        killed: null,
        displaced: null,
        channel: "Babinsa",
        source_value: "B",
        nil: null,
      });
      expect(values.facts).not.toContain("Budi");
      for (const { evidence } of Object.values(body.fields) as { evidence: { start: number; end: number; text: string } | null }[])
        if (evidence) expect(message.slice(evidence.start, evidence.end)).toBe(evidence.text);
      expect((await service.call("/api/collections/incidents/items?limit=1")).body.numberMatched).toBe(before);
    });

    test("its village is found among those that the person may see", async () => {
      const told = "Tawuran di Desa Sumberagung kemarin";
      const { village_code } = (await draft(told)).body.fields;
      expect(village_code).toMatchObject({ value: villages[1], evidence: { text: "Desa Sumberagung" } });
      expect(village_code.confidence).toBeGreaterThan(0.8);
      expect((await draft(told, "tetangga")).body.fields.village_code.value).toBeNull();
    });

    test("that nothing happened makes a nil draft", async () => {
      const { body } = await draft("Laporan wilayah Desa Sumberagung hari ini nihil, situasi aman kondusif");
      expect([body.kind, body.fields.nil.value, body.fields.issue.value]).toEqual(["nil", true, null]);
    });

    test("one that is empty, too long, or from who files nothing is refused", async () => {
      expect((await draft(" ")).body).toMatchObject({ code: "invalid_field", field: "text" });
      expect((await draft("a".repeat(10_001))).body.code).toBe("text_too_long");
      expect((await draft("Tawuran", "pembaca")).status).toBe(403);
    });
  });
});
