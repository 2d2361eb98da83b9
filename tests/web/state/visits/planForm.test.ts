import { describe, expect, it } from "vitest";
import { VisitPlanInputs } from "../../../../api/contract/visitInputs.ts";
import { formFaults, formOfInputs, type KeptInputs, type PlanForm, planInputs, usualForm } from "../../../../web/state/visits/planForm.ts";

const usual = usualForm("99.01.01.1001", "2026-11-20");
const form = (part: Partial<PlanForm>): PlanForm => ({ ...usual, ...part });

describe("what a leader chooses for a plan", () => {
  it.each([
    ["2026-11-20", "2026-11-23", "2026-11-27"],
    ["2026-11-22", "2026-11-23", "2026-11-27"],
    ["2026-11-24", "2026-11-25", "2026-11-27"],
    ["2026-11-26", "2026-11-27", "2026-11-27"],
  ])("asked on %s it begins on the next working day and ends with that week", (today, from, until) => {
    expect(usualForm("99.01.01.1001", today)).toMatchObject({ from, until });
  });

  it("as it is usually, has no fault and is what the process takes", () => {
    expect(formFaults(usual)).toEqual([]);
    const read = VisitPlanInputs.parse(planInputs(usual, "99.01", ["99.01.02.2001"], { "99.01.02.2001": { notBefore: "2026-11-25" } }));
    expect(read).toMatchObject({ areas: ["99.01"], from: "2026-11-23", to: "2026-11-28", explorationShare: 0.1, visitMinutes: 75 });
  });

  it.each([
    [{ teams: [] }, []],
    [{ teams: [{ ...usual.teams[0]!, name: " " }] }, ["team-0"]],
    [{ teams: [usual.teams[0]!, usual.teams[0]!] }, ["team-1"]],
    [{ teams: [{ ...usual.teams[0]!, base: "" }] }, ["base-0"]],
    [{ from: "2026-02-30" }, ["from"]],
    [{ until: "2026-11-22" }, ["until"]],
    [{ until: "2027-03-01" }, ["until"]],
    [{ hoursPerDay: "" }, ["hoursPerDay"]],
    [{ hoursPerDay: "25" }, ["hoursPerDay"]],
    [{ hoursPerDay: "7,5" }, []],
    [{ explorationPercent: "51" }, ["explorationPercent"]],
    [{ visitMinutes: "satu jam" }, ["visitMinutes"]],
    [{ startsAt: "25:00" }, ["startsAt"]],
  ] as [Partial<PlanForm>, string[]][])("with %j lacks %j", (part, fields) => {
    expect(formFaults(form(part)).map(({ field }) => field)).toEqual(fields);
  });

  it("comes back from the plan that was made of it", () => {
    const chosen = form({ hoursPerDay: "6", visitMinutes: "45", explorationPercent: "20", kilometresPerHour: "25", seed: "7" });
    const kept = VisitPlanInputs.parse(planInputs(chosen, "99.01", [], {})) as unknown as KeptInputs;
    expect(formOfInputs(kept, usual)).toEqual(chosen);
  });
});
