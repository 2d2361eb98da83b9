import { createHash } from "node:crypto";
import type { QueueEntry } from "../queries/importQueue.ts";
import type { CodeMeaning, Target } from "./codeTranslation.ts";
import { uuidOf } from "./incidentRow.ts";
import type { IndicatorValue } from "./indicatorRow.ts";
import type { ImportRequest } from "./request.ts";

/** Indicators that are counts: of a divided area each part has its share of them. */
const additive: ReadonlySet<string> = new Set(["population"]);

/** The areas that a code may mean, the likeliest first; none where it means nothing. */
export function placesOf(meaning: CodeMeaning): string[] {
  if ("code" in meaning) return [meaning.code];
  if ("targets" in meaning) return meaning.targets.map(({ code }) => code);
  if (!("candidates" in meaning)) return [];
  return meaning.candidates.length === 0 && meaning.regency !== null ? [meaning.regency] : meaning.candidates.map(({ code }) => code);
}

/** What a row says of an area that a person has to choose; the same row of the same year again meets it. */
export function waitingValues(
  { options, name }: ImportRequest,
  row: number,
  meaning: Exclude<CodeMeaning, { readonly code: string }>,
  values: readonly IndicatorValue[],
): QueueEntry {
  const { code, ...details } = meaning.fault;
  const { source = null, unit = null, licence = null } = options;
  const told = values.map((value) => ({
    ...value,
    source: value.source ?? source ?? name,
    unit: value.unit ?? unit,
    licence: value.licence ?? licence,
  }));
  const content = JSON.stringify([meaning.fault.value, options.vintage, values]);
  const candidates =
    "targets" in meaning
      ? meaning.targets.map(({ code: villageCode, share }) => ({ villageCode, probability: share }))
      : "candidates" in meaning
        ? meaning.candidates.map(({ code: villageCode, probability }) => ({ villageCode, probability }))
        : [];
  return {
    row,
    id: uuidOf(`queue indicators ${content}`),
    reason: code,
    details,
    place: String(meaning.fault.value),
    record: { values: told },
    candidates,
    choiceGroup: null,
    contentHash: createHash("sha256").update(content).digest("hex"),
  };
}

/**
 * Counts shared out over the areas that one was divided into, whole numbers that add up to the count again (largest remainders); null where a value is no count
 * or a part is not loaded.
 */
export function dividedValues(
  { targets }: { readonly targets: readonly Target[] },
  values: readonly IndicatorValue[],
  stored: ReadonlySet<string>,
): { areaCode: string; indicator: string; year: number; value: number; share: number }[] | null {
  const isCount = values.every(({ indicator, value }) => additive.has(indicator) && Number.isInteger(value));
  if (!isCount || !targets.every(({ code }) => stored.has(code))) return null;
  return values.flatMap(({ indicator, year, value }) => {
    const parts = targets.map(({ code, share }) => ({ areaCode: code, indicator, year, value: Math.floor(value * share), share }));
    const remainders = targets
      .map(({ share }, index) => ({ index, rest: value * share - parts[index]!.value }))
      .sort((a, b) => b.rest - a.rest);
    const missing = value - parts.reduce((sum, part) => sum + part.value, 0);
    for (const { index } of remainders.slice(0, missing)) parts[index]!.value++;
    return parts;
  });
}
