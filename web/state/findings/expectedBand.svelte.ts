import { chosen } from "../chosen.svelte.ts";
import { view } from "../view.svelte.ts";
import { compute, findings, mayCompute } from "./findings.svelte.ts";

class ExpectedBand {
  /** The most that each week of the area was expected to hold, by its Monday; null where it is not known, or not of what the time line counts. */
  shown = $derived.by((): ReadonlyMap<string, number> | null => {
    const found = findings.band.document;
    const isOfAll = !chosen.isAny && view.forms.length === 0;
    const isSame =
      JSON.stringify(view.issues) === JSON.stringify(view.issues.length ? (found?.inputs.issues ?? []) : []) &&
      (view.statuses.length === 0 || view.statuses.join() === found?.inputs.statuses?.join());
    if (!found || !isOfAll || !isSame || found.codes.length !== 1) return null;
    const upper = found.summary.series.upper[0] ?? [];
    return new Map(found.summary.weeks.flatMap((week, at) => (upper[at] === null || upper[at] === undefined ? [] : [[week, upper[at]]])));
  });
  /** Has it worked out; null where that would not help. */
  compute = $derived(
    mayCompute() && !chosen.isAny && findings.band.state === "none" && view.area?.length === 5 ? () => compute("surge") : null,
  );
}

/** The expected band behind the time line. */
export const expectedBand = new ExpectedBand();
