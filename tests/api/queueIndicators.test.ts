import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines } from "../fixtures/database.ts";
import { collectionOf, square } from "../fixtures/imports.ts";
import { startTestService, type TestService } from "../fixtures/service.ts";

const [first, second] = ["99.01.01.2001", "99.01.01.2002"];

describe.each(engines)("indicators in the queue on %s", (engine) => {
  let service: TestService;
  const waiting = async () => (await service.call("/api/queue?kind=indicators")).body.queue;
  const settle = (row: string, body: unknown) => service.call(`/api/queue/${row}/settle`, { body });
  const undo = (row: string) => service.call(`/api/queue/${row}/undo`, { method: "POST" });
  const people = async () => {
    const { codes, columns } = (await service.call("/api/values/population?areas=99.01&codes=true")).body;
    return codes.map((code: string, index: number) => [code, columns.population[index], columns.year[index]]);
  };
  const load = (text: string) => service.load("indicators", "jiwa.csv", text, { year: "2025" });
  const twice = `code,population\n${first},100\n${first},200\n${first},100\n${second},50\n`;

  beforeAll(async () => {
    service = await startTestService(engine);
    const villages = [first, second].map((code, index) => square(index, { code, name: `Desa ${index}` }));
    expect((await service.load("boundaries", "uji.geojson", collectionOf(villages))).status).toBe("successful");
  });
  afterAll(() => service?.remove());

  test("two numbers for one village wait as one choice between their rows; a repetition is one of them", async () => {
    const { results } = await load(twice);
    expect(results).toMatchObject({ accepted: 1, queued: 2, unchanged: 1, rejected: 0 });
    const rows = await waiting();
    expect(rows.map((row: { row: number; reason: string }) => [row.row, row.reason])).toEqual([
      [2, "code_twice"],
      [3, "code_twice"],
    ]);
    expect(rows[0]).toMatchObject({ candidates: [{ village_code: first, probability: 1 }], can_keep: false, excludes: [rows[1].id] });
    expect(await people()).toEqual([
      [first, null, null],
      [second, 50, 2025],
    ]);
  });

  test("the chosen row is stored once, the other is dropped with it, and undoing restores both", async () => {
    const [one, other] = await waiting();
    expect((await settle(one.id, { keep: "candidates" })).body).toMatchObject({ code: "cannot_keep" });
    expect((await settle(one.id, { village_code: "99.01.01.2999" })).status).toBe(422);
    const chosen = await settle(other.id, { village_code: first });
    expect(chosen.body).toMatchObject({ row: { state: "placed", made: { area: first } }, others: [one.id] });
    expect((await settle(other.id, { village_code: first })).status).toBe(200);
    expect((await people())[0]).toEqual([first, 200, 2025]);
    expect(await waiting()).toEqual([]);
    expect((await load(twice)).results).toMatchObject({ accepted: 0, queued: 0 });

    expect((await undo(other.id)).body).toMatchObject({ row: { state: "waiting" }, others: [one.id] });
    expect((await people())[0]).toEqual([first, null, null]);
    expect((await waiting()).length).toBe(2);
  });

  test("a value that replaced another gives it back, but not over a newer one", async () => {
    await load(`code,population\n${first},70\n`);
    const [one] = await waiting();
    await settle(one.id, { village_code: first });
    expect((await people())[0]).toEqual([first, 100, 2025]);
    await undo(one.id);
    expect((await people())[0]).toEqual([first, 70, 2025]);
    await settle(one.id, { village_code: first });
    await load(`code,population\n${first},90\n`);
    expect((await undo(one.id)).body).toMatchObject({ code: "changed_since_settled", status: 409 });
    expect((await people())[0]).toEqual([first, 90, 2025]);
  });
});
