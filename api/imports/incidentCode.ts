import { translationOfYear } from "./codeTranslation.ts";
import type { Placing } from "./incidentPlacing.ts";
import type { ReportBuilder } from "./report.ts";
import type { ImportParts, ImportRequest } from "./request.ts";

/** Reads village codes of another year; has a life: it counts what it translates. */
export interface IncidentCodes {
  placeOf(villageCode: string): Placing;
  tell(report: ReportBuilder): void;
}

/**
 * Makes ready to read the village codes of a file of incidents that says of which year they are (`vintage`). A village that is divided now keeps its parts as
 * candidates with their shares, the largest first; one whose successor is not sure waits; one that is gone is refused with what comes nearest.
 * @returns null where the codes are those of the loaded areas. @throws unknown_vintage.
 */
export async function openIncidentCodes(request: ImportRequest, parts: ImportParts): Promise<IncidentCodes | null> {
  const codes = await translationOfYear(request, parts);
  if (codes === null) return null;
  return {
    placeOf(villageCode) {
      const meaning = codes.read(villageCode);
      if ("code" in meaning) return { is: "placed", villageCode: meaning.code };
      const fault = { ...meaning.fault, field: "village_code" };
      if ("targets" in meaning)
        return { is: "kept", candidates: meaning.targets.map(({ code, share }) => ({ villageCode: code, probability: share })) };
      if (!("candidates" in meaning)) return { is: "rejected", fault };
      const candidates = meaning.candidates.map(({ code, probability }) => ({ villageCode: code, probability }));
      return { is: "queued", fault, candidates };
    },
    tell: (report) => codes.tell(report),
  };
}
