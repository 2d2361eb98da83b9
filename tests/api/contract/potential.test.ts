import { describe, expect, test } from "vitest";
import { checkPotential, reviewWeight } from "../../../api/contract/potential.ts";

const frame = { now: new Date("2025-07-01T03:00:00Z"), timeZone: "Asia/Jakarta" };
const told = { village_code: "99.01.01.2001", title: "Batas sawah", issue: "301", facts: "Dua kelompok menuntut lahan yang sama." };
const check = (properties: Record<string, unknown>, geometry: unknown = null) =>
  checkPotential({ ...told, ...properties }, geometry, frame);

describe("a standing dispute as it is sent", () => {
  test("gaps are filled: stage T1, open, opened today, to be looked at again in 90 days", () => {
    expect(check({})).toMatchObject({
      potential: {
        stage: "T1",
        status: "open",
        openedOn: "2025-07-01",
        reviewDue: "2025-09-29",
        closedOn: null,
        actors: [],
        villageCodes: ["99.01.01.2001"],
      },
    });
  });

  test("opened again, it has no closing day and no closing note", () => {
    expect(check({ status: "open", closed_on: "2025-06-01", closing_note: "Damai." })).toMatchObject({
      potential: { status: "open", closedOn: null, closingNote: null },
    });
  });

  test.each<[string, Record<string, unknown>, unknown, string, string]>([
    ["closed without what settled it", { status: "closed" }, null, "closing_note", "closing_note_needed"],
    [
      "closed before it was opened",
      { status: "closed", closing_note: "x", opened_on: "2025-06-01", closed_on: "2025-05-01" },
      null,
      "closed_on",
      "ends_before_its_start",
    ],
    ["opened after tomorrow", { opened_on: "2025-07-03" }, null, "opened_on", "future_date"],
    ["a review on a day that does not exist", { review_due: "2025-02-30" }, null, "review_due", "invalid_date"],
    ["no place", { village_code: null }, null, "village_code", "no_place"],
    ["swapped axes", {}, { type: "Point", coordinates: [-7.5, 112.2] }, "geometry", "swapped_axes"],
    ["a polygon", {}, { type: "Polygon", coordinates: [] }, "geometry", "invalid_point"],
    ["a village that is not among its villages", { village_codes: ["99.01.01.2002"] }, null, "village_codes", "invalid_field"],
    ["an issue nobody knows", { issue: "998" }, null, "issue", "invalid_field"],
    ["a person as actor", { actors: [{ type: "person", role: "claimant" }] }, null, "actors", "invalid_field"],
    ["no facts", { facts: " " }, null, "facts", "missing_field"],
    ["a property nobody knows", { pemimpin: "x" }, null, "pemimpin", "unknown_field"],
    ["text that cannot be kept", { title: "a\u0000b" }, null, "title", "invalid_text"],
  ])("%s is refused with its field", (_, properties, geometry, field, code) => {
    const checked = check(properties, geometry);
    expect("faults" in checked && checked.faults.map((fault) => [fault.field, fault.code])).toContainEqual([field, code]);
  });
});

describe("what is overdue fades", () => {
  // max(0.25, 0.5^(days / 90)) by hand: 45 days are half a half-life, √½.
  test.each([
    [-10, 1],
    [0, 1],
    [45, Math.SQRT1_2],
    [90, 0.5],
    [180, 0.25],
    [1000, 0.25],
  ])("%d days overdue weighs %f", (days, weight) => {
    expect(reviewWeight(days)).toBeCloseTo(weight, 12);
  });
});
