import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines, openTestDatabase, type TestDatabase } from "../../fixtures/database.ts";
import { collectionOf, importer, square } from "../../fixtures/imports.ts";

const village = (n: number): string => `99.01.01.${2000 + n}`;
const known = "5f0e9c0e-8f2e-4b44-9d2e-0d4f3a4f7a11";

describe.each(engines)("files of reports on %s", (engine) => {
  let made: TestDatabase;
  let load: ReturnType<typeof importer>;
  const all = <T>(sql: string): Promise<T[]> => made.database.query<T>(sql);
  const counts = async () =>
    (
      await all<Record<string, number>>(
        `select (select count(*) from incident) as incidents, (select count(*) from report) as reports, (select count(*) from report_incident) as ties,
                (select count(*) from report_history) as "reportHistory", (select count(*) from incident_history) as "incidentHistory",
                (select count(*) from staged_record) + (select count(*) from staged_incident) as staged`,
      )
    )[0];
  const header = "id;kode_desa;tanggal_kejadian;isu;bentuk;fakta;tanggal_laporan;sumber;nilai_sumber;nihil;id_kejadian;luka;analisis";

  beforeAll(async () => {
    made = await openTestDatabase(engine);
    load = importer(made.database);
    await load("boundaries", "uji.geojson", collectionOf(Array.from({ length: 6 }, (_, index) => square(index))));
    await load(
      "incidents",
      "kejadian.csv",
      `id,village_code,occurred_from,issue,form,facts\n${known},${village(1)},2025-06-01,404,F6,Bentrok.\n`,
    );
  });
  afterAll(() => made?.remove());

  const file = [
    header,
    `;${village(2)};27/06/2025;404;F6;Bentrokan dua kelompok.;28/06/2025;Babinsa;B;;;2;Dendam lama`,
    `;${village(1)};;;;Warga membenarkan.;28/06/2025;warga;C;;${known};;`,
    `;${village(3)};;;;;30/06/2025;Kades;B;ya;;;`,
    `;${village(4)};;;F0;;30/06/2025;Kades;B;;;;`,
    "",
  ].join("\n");

  test("a dry run tells what would be and stores nothing", async () => {
    const before = await counts();
    expect((await load("reports", "laporan.csv", file, { dryRun: "true" })).report).toMatchObject({ accepted: 4, rejected: 0 });
    expect(await counts()).toEqual(before);
  });

  test("a row makes its incident, tells more of a known one, or tells of nothing", async () => {
    const before = await counts();
    const { report } = await load("reports", "laporan.csv", file);
    expect(report).toMatchObject({ accepted: 4, rejected: 0, unchanged: 0, queued: 0, rows: [] });
    expect(await counts()).toEqual({
      incidents: before!.incidents! + 1,
      reports: before!.reports! + 4,
      ties: before!.ties! + 2,
      reportHistory: before!.reportHistory! + 4,
      incidentHistory: before!.incidentHistory! + 1,
      staged: 0,
    });
    const rows = await all(
      `select r.village_code, r.facts, r.channel, r.source_value, r.analysis, r.nil, r.obtained_precision, i.occurred_on, i.injured, i.killed, i.opinion, i.source_value as value,
              array_length(array(select version from report_history h where h.report_id = r.id and h.content ->> 'channel' = r.channel), 1) as told
         from report r
         left join report_incident tied on tied.report_id = r.id
         left join incident i on i.id = tied.incident_id
        where r.channel is not null
        order by r.village_code`,
    );
    expect(rows).toEqual([
      expect.objectContaining({
        village_code: village(1),
        facts: "Warga membenarkan.",
        source_value: "C",
        nil: false,
        occurred_on: "2025-06-01",
      }),
      {
        village_code: village(2),
        facts: "Bentrokan dua kelompok.",
        channel: "Babinsa",
        source_value: "B",
        analysis: "Dendam lama",
        nil: false,
        obtained_precision: "day",
        occurred_on: "2025-06-27",
        injured: 2,
        killed: null,
        opinion: "Dendam lama",
        value: "B",
        told: 1,
      },
      expect.objectContaining({ village_code: village(3), nil: true, facts: null, occurred_on: null }),
      expect.objectContaining({ village_code: village(4), nil: true, occurred_on: null }),
    ]);
  });

  test("the same file again changes nothing, with one row more only that row", async () => {
    const before = await counts();
    expect((await load("reports", "laporan.csv", file)).report).toMatchObject({ accepted: 0, unchanged: 4, rejected: 0 });
    expect(await counts()).toEqual(before);
    const longer = `${file};${village(5)};;;;;30/06/2025;Kades;B;ya;;;\n`;
    expect((await load("reports", "laporan.csv", longer)).report).toMatchObject({ accepted: 1, unchanged: 4 });
  });

  test.each<[string, string, string, string]>([
    ["no issue for its incident", `;${village(1)};27/06/2025;;F6;Bentrok.;;;;;;;`, "issue", "creating_needs"],
    [
      "an incident that is not there",
      `;${village(1)};;;;Kata warga.;;;;;5f0e9c0e-8f2e-4b44-9d2e-0d4f3a4f7aff;;`,
      "incident_ids",
      "not_found",
    ],
    ["no facts", `;${village(1)};;;;;;;;;${known};;`, "facts", "missing_field"],
    ["a village that is not there", ";99.01.01.2999;;;;;;;;ya;;;", "village_code", "unknown_village"],
    ["a code that is none", ";desa;;;;;;;;ya;;;", "village_code", "not_a_village"],
    ["a nil that is neither yes nor no", `;${village(1)};;;;x;;;;mungkin;;;`, "nil", "invalid_field"],
    ["nothing and an incident at once", `;${village(1)};;;;x;;;;ya;${known};;`, "incident_ids", "invalid_field"],
    ["a day that is not there", `;${village(1)};;;;;31/02/2025;;;ya;;;`, "obtained_at", "invalid_date"],
    ["a count that is none", `;${village(1)};27/06/2025;404;F6;Bentrok.;;;;;;banyak;`, "injured", "invalid_field"],
    ["the id of another report", `${"ID"};${village(1)};;;;Lain.;;;;ya;;;`, "id", "id_taken"],
  ])("a row with %s is named with its reason, and the file refused whole unless partial", async (_, row, field, code) => {
    const [taken] = await all<{ id: string }>("select id::text as id from report where nil order by id limit 1");
    const text = `${header}\n${row.replace("ID", taken!.id)}\n;${village(6)};;;;Catatan ${field} ${code}.;30/06/2025;;;ya;;;\n`;
    const before = await counts();
    const refused = await load("reports", "laporan.csv", text);
    expect(refused).toMatchObject({ isRejected: true, report: { accepted: 0, rejected: 1 } });
    expect(refused.report.rows).toContainEqual(expect.objectContaining({ row: 2, field, code }));
    expect(await counts()).toEqual(before);
    expect((await load("reports", "laporan.csv", text, { partial: "true" })).report).toMatchObject({ accepted: 1, rejected: 1 });
  });

  test("a sender of one kecamatan reaches neither another's village nor another's incident, and an analyst verifies nothing", async () => {
    const text = (status: string) => `village_code,nil,status,facts\n${village(1)},ya,${status},${status}\n`;
    const as = (request: Record<string, unknown>) => ({ request });
    const outside = await load("reports", "a.csv", text("reported"), {}, as({ areas: ["99.02"], role: "analyst" }));
    expect(outside.report.rows).toMatchObject([{ row: 2, field: "village_code", code: "outside_scope" }]);
    const judged = await load("reports", "a.csv", text("verified"), {}, as({ role: "analyst" }));
    expect(judged.report.rows).toMatchObject([{ row: 2, field: "status", code: "not_allowed" }]);
    expect((await load("reports", "a.csv", text("verified"), {}, as({ role: "verifier" }))).report.accepted).toBe(1);
  });
});
