import { expect, it } from "vitest";
import { worstFirst } from "../../../../web/panels/cakupan/worstFirst.ts";
import type { CoverageColumns } from "../../../../web/state/coverage.svelte.ts";

const names = ["heard", "longSilent", "noRoster", "late", "justSilent", "waiting"];
const villages = names.map((name, index) => ({ code: `99.01.01.200${index}`, name, districtName: "" }));
const unknown = names.map(() => null);
const columns: CoverageColumns = {
  state: ["heard", "silent", null, "late", "silent", "waiting"],
  expected: [3, 3, null, 3, 3, 0],
  received: [3, 0, null, 3, 1, 0],
  missing: unknown,
  share: unknown,
  late: unknown,
  medianDaysLate: unknown,
  reports: unknown,
  lastHeard: unknown,
  daysSilent: [2, 90, null, 5, 40, 1],
};

it("the longest silent stand first, the late after them, those without a roster last", () => {
  expect(worstFirst(villages, columns).map((row) => row.name)).toEqual([
    "longSilent",
    "justSilent",
    "late",
    "heard",
    "waiting",
    "noRoster",
  ]);
});

it("while nothing is known every village is listed by its code, with nothing said of it", () => {
  const rows = worstFirst(villages, null);
  expect(rows.map((row) => row.name)).toEqual(names);
  expect(rows[0]).toMatchObject({ state: null, expected: null, daysSilent: null });
});
