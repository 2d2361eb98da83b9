import type { z } from "zod";
import { needsReason, standingOf, stateOf, stepsFrom, type Verification } from "../contract/verification.ts";
import type { Transaction } from "../database/database.ts";
import type { Person } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { recordChange } from "../queries/incidents.ts";
import { recordReports } from "../queries/reportHistory.ts";
import { bumpDataVersion } from "../queries/settings.ts";
import { markDue } from "../queries/standing.ts";
import { type ItemKind, recordStep, setVerification } from "../queries/verification.ts";
import { refuseStale } from "./ifMatch.ts";
import { lockSeen, storedIncident } from "./keepIncident.ts";
import { type Frame, lockOwnReport, storedReport } from "./keepReport.ts";
import { levelOf } from "./verificationScope.ts";

export interface Decided {
  readonly id: string;
  readonly villageCode: string;
  readonly version: number;
  readonly text: string;
  readonly isChanged: boolean;
}

/** Whether this person may take this step here: sending in is open to who files; the rest to verifiers, at the kabupaten to those who work for all of it. */
function refuseUnfit(person: Person, villageCode: string, from: string, to: string): void {
  if (from === "draft" && to === "reported") return;
  if (person.role !== "verifier" && person.role !== "admin") throw problem("not_allowed", { role: person.role });
  const level = levelOf(person, villageCode);
  const isRegencyMatter = to === "regency" || from === "regency";
  if (level === null) throw problem("level_refused", { value: villageCode.slice(0, 8) });
  if (isRegencyMatter && level !== "regency") throw problem("level_refused", { value: villageCode.slice(0, 5) });
}

/**
 * Takes one step on the way draft → reported → verified at the kecamatan → verified at the kabupaten, or refuses, or takes back; each with who, when and why.
 * The step that was taken already changes nothing.
 * @throws step_refused, level_refused, not_allowed, missing_field (reason), not_found, gone, stale.
 */
export async function verify(
  transaction: Transaction,
  kind: ItemKind,
  id: string,
  sent: z.output<typeof Verification>,
  ifMatch: string | undefined,
  person: Person,
  frame: Frame,
): Promise<Decided> {
  const existing = kind === "incident" ? await lockSeen(transaction, id, person) : await lockOwnReport(transaction, id, person);
  const from = standingOf(existing.status, existing.level);
  const isChanged = from !== sent.to;
  if (isChanged) {
    if (ifMatch !== undefined) refuseStale(existing, ifMatch);
    refuseUnfit(person, existing.villageCode, from, sent.to);
    if (!stepsFrom(from).includes(sent.to))
      throw problem("step_refused", { value: `${kind}s ${id}`, from, to: sent.to, expected: stepsFrom(from).join(", ") || "—" });
    if (needsReason(from, sent.to) && !sent.reason) throw problem("missing_field", { field: "reason" });
    const version = existing.version + 1;
    const { status, level } = stateOf(sent.to);
    await setVerification(transaction, kind, id, { version, status, level });
    await recordStep(transaction, kind, id, {
      version,
      fromStatus: existing.status,
      fromLevel: existing.level,
      toStatus: status,
      toLevel: level,
      reason: sent.reason ?? null,
      decidedAt: frame.now,
      decidedBy: person.name,
    });
  }
  if (kind === "report") {
    if (isChanged) {
      await recordReports(transaction, [id], { operation: "verify", at: frame.now, person: person.name });
      await bumpDataVersion(transaction);
    }
    return { ...(await storedReport(transaction, id, frame.timeZone)), isChanged };
  }
  const { feature, version } = await storedIncident(transaction, id, frame.timeZone);
  if (isChanged) {
    await recordChange(transaction, {
      id,
      version,
      operation: "verify",
      at: frame.now,
      person: person.name,
      feature: JSON.parse(feature.text),
    });
    // Marks before the version, as whoever files does: the other way round the two would wait for each other.
    await markDue(transaction, [existing.villageCode], frame.now);
    await bumpDataVersion(transaction);
  }
  return { id, villageCode: existing.villageCode, version, text: feature.text, isChanged };
}
