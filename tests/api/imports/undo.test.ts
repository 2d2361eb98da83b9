import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { undoImport } from "../../../api/imports/undo.ts";
import { engines, openTestDatabase, type TestDatabase } from "../../fixtures/database.ts";
import { collectionOf, importer, square } from "../../fixtures/imports.ts";

const village = (n: number): string => `99.01.01.${2000 + n}`;
const person = "penguji";

describe.each(engines)("an import taken back on %s", (engine) => {
  let made: TestDatabase;
  let load: ReturnType<typeof importer>;
  const all = <T>(sql: string): Promise<T[]> => made.database.query<T>(sql);
  const send = async (kind: "incidents" | "indicators", content: string, at: string): Promise<string> => {
    const id = randomUUID();
    const { isRejected } = await load(kind, "a.csv", content, kind === "indicators" ? { year: "2024" } : {}, {
      request: { id },
      parts: { now: new Date(at) },
    });
    expect(isRejected).toBe(false);
    return id;
  };
  const undo = (id: string, at: string) => undoImport(made.database, id, { at: new Date(at), person, reason: null });

  beforeAll(async () => {
    made = await openTestDatabase(engine);
    load = importer(made.database);
    await load("boundaries", "uji.geojson", collectionOf(Array.from({ length: 4 }, (_, index) => square(index))));
  });
  afterAll(() => made?.remove());

  test("withdraws its incidents as a new version, keeps what was known, marks the kabupaten, and once only", async () => {
    const text = `village_code,occurred_from,issue,form,facts\n${village(1)},2025-01-02,404,F6,Satu\n${village(2)},2025-01-03,301,F3,Dua\n`;
    const id = await send("incidents", text, "2025-07-01T03:00:00Z");
    await all("delete from standing_due returning regency_code");
    expect(await undo(id, "2025-07-02T03:00:00Z")).toMatchObject({ incidents: 2, indicatorValues: 0 });
    expect(await undo(id, "2025-07-03T03:00:00Z")).toMatchObject({ incidents: 2, undoneAt: expect.stringContaining("2025-07-02") });
    expect(await all("select count(*)::int as n from incident where withdrawn_at is null")).toEqual([{ n: 0 }]);
    expect(await all("select version, operation, count(*)::int as n from incident_history group by 1, 2 order by 1")).toEqual([
      { version: 1, operation: "import", n: 2 },
      { version: 2, operation: "withdraw", n: 2 },
    ]);
    expect(await all("select version, count(*)::int as n from report_history where operation = 'withdraw' group by 1")).toEqual([
      { version: 2, n: 2 },
    ]);
    expect(await all("select regency_code from standing_due")).toEqual([{ regency_code: "99.01" }]);
    // The same file again is new, once.
    const again = await load("incidents", "a.csv", text);
    expect(again.report).toMatchObject({ accepted: 2, rejected: 0 });
    expect((await load("incidents", "a.csv", text)).report).toMatchObject({ accepted: 0, unchanged: 2, rejected: 0 });
  });

  test("is refused, and changes nothing, when somebody has worked on what it brought", async () => {
    const id = await send(
      "incidents",
      `village_code,occurred_from,issue,form,facts\n${village(3)},2025-02-02,404,F6,Tiga\n`,
      "2025-07-04T03:00:00Z",
    );
    await all(`update incident set version = 2 where import_id = '${id}' returning id`);
    await expect(undo(id, "2025-07-05T03:00:00Z")).rejects.toMatchObject({ code: "import_built_upon" });
    expect(await all(`select withdrawn_at from incident where import_id = '${id}'`)).toEqual([{ withdrawn_at: null }]);
  });

  test("gives numbers back their value of before, and takes new ones away; what was known meanwhile can still be asked", async () => {
    await send("indicators", `code,population\n${village(1)},100\n`, "2025-07-01T03:00:00Z");
    const id = await send("indicators", `code,population\n${village(1)},900\n${village(2)},50\n`, "2025-07-02T03:00:00Z");
    expect(await undo(id, "2025-07-03T03:00:00Z")).toMatchObject({ incidents: 0, indicatorValues: 2 });
    expect(await all("select area_code, value from indicator_value order by 1")).toEqual([{ area_code: village(1), value: 100 }]);
    expect(
      await all(
        "select area_code, value from indicator_value_past where recorded_at <= '2025-07-02T12:00:00Z' and replaced_at > '2025-07-02T12:00:00Z' order by 1",
      ),
    ).toEqual([
      { area_code: village(1), value: 900 },
      { area_code: village(2), value: 50 },
    ]);
  });
});
