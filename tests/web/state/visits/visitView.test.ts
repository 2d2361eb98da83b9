import { describe, expect, it } from "vitest";
import { mayPlanVisits } from "../../../../web/state/visits/mayPlan.ts";
import { readVisitView, writeVisitView } from "../../../../web/state/visits/visitView.ts";

const nothing = { part: "rencana", run: null, team: null, day: null, stop: null, record: null };

describe("the address of the screen of visits", () => {
  it("carries run, team, day, stop and what is open, and comes back from what it wrote", () => {
    const search =
      "?theme=dark&wilayah=99.01&bagian=kunjungan&rencana=2026-1122-1smeqd9la4&tim=Tim+A&hari=2026-11-23&henti=99.01.01.2001&catatan=08c8d5b0-6286-41cd-a461-e793a4850451";
    const read = readVisitView(search);
    expect(read).toEqual({
      part: "kunjungan",
      run: "2026-1122-1smeqd9la4",
      team: "Tim A",
      day: "2026-11-23",
      stop: "99.01.01.2001",
      record: "08c8d5b0-6286-41cd-a461-e793a4850451",
    });
    expect(writeVisitView(read, "99.01", "?theme=dark")).toBe(search);
  });

  it.each(["", "?bagian=lain&hari=2026-02-30&henti=99.01&catatan=x&rencana=../x", "?tim="])(
    "%s says nothing that could be shown",
    (search) => {
      expect(readVisitView(search)).toEqual(nothing);
    },
  );

  it.each([
    ["leader", true],
    ["admin", true],
    ["analyst", false],
    ["reporter", false],
    ["viewer", false],
    [undefined, false],
  ])("%s opens it: %s", (role, may) => {
    expect(mayPlanVisits(role)).toBe(may);
  });
});
