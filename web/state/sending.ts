import { RequestProblem, requestRaw } from "../client.ts";
import type { KeptProblem, QueuedReport } from "./queuedReport.ts";

/** What became of one attempt to send a report. */
export type Verdict =
  | { readonly kind: "sent" }
  /** The service has the report; photos are still to be sent. */
  | { readonly kind: "stored"; readonly storedAs: string }
  /** Nobody answered, or only that it is a bad moment: the same again later. */
  | { readonly kind: "wait"; readonly seconds: number | null; readonly isUnreached: boolean }
  | { readonly kind: "signIn" }
  /** It will never be taken as it is: a person has to look at it. */
  | { readonly kind: "refused"; readonly problem: KeptProblem };

const answerMilliseconds = 45_000;
const photoMilliseconds = 300_000;
const passing: ReadonlySet<number> = new Set([0, 408, 425, 429]);

/** What an answer that is no success means for the report. */
export function verdictOf(error: unknown): Verdict {
  if (!(error instanceof RequestProblem)) return { kind: "wait", seconds: null, isUnreached: true };
  const { status, code, detail, errors, retryAfterSeconds } = error;
  // An answer that is none of the service's words comes from something in between.
  const isForeign = code === "unreadable" && status !== 401;
  if (passing.has(status) || status >= 500 || isForeign)
    return { kind: "wait", seconds: retryAfterSeconds, isUnreached: status === 0 || isForeign };
  if (status === 401) return { kind: "signIn" };
  return { kind: "refused", problem: { status, code, detail, errors } };
}

const collectionOf = (report: QueuedReport): string => `/api/collections/${report.kind === "nil" ? "reports" : "incidents"}/items`;

async function sendContent(report: QueuedReport): Promise<string> {
  const path = collectionOf(report);
  const response = await requestRaw(report.etag === null ? path : `${path}/${report.id}`, {
    method: report.etag === null ? "POST" : "PUT",
    body: report.body,
    ...(report.etag === null ? {} : { headers: { "If-Match": report.etag } }),
    signal: AbortSignal.timeout(answerMilliseconds),
    isBackground: true,
  });
  return storedReport(report, response);
}

/** The number of the stored report that an answer tells of. */
async function storedReport(report: QueuedReport, response: Response): Promise<string> {
  const answer = (await response.json().catch(() => null)) as { id?: string; properties?: { report_ids?: readonly string[] } } | null;
  // A page that asks for money or a password in a hotel's network answers 200 as well.
  if (answer?.id !== report.id) throw new RequestProblem(response.status, "unreadable", "");
  return report.kind === "nil" ? report.id : (answer.properties?.report_ids?.[0] ?? report.id);
}

/** The stored report where an id is taken by this very one: an earlier sending arrived, its answer was lost, and somebody has worked on it since. */
async function ownEarlier(report: QueuedReport, error: unknown): Promise<string> {
  if (!(error instanceof RequestProblem) || error.code !== "id_taken" || !report.mayBeStored || report.isEdited) throw error;
  const path = `${collectionOf(report)}/${report.id}`;
  return storedReport(report, await requestRaw(path, { signal: AbortSignal.timeout(answerMilliseconds), isBackground: true }));
}

/** Sends a report, or what of it the service does not have yet: first what was written, then one photo. */
export async function sendOnce(report: QueuedReport): Promise<Verdict> {
  try {
    if (report.storedAs === null) {
      const storedAs = await sendContent(report).catch((error: unknown) => ownEarlier(report, error));
      return report.photos.length === 0 ? { kind: "sent" } : { kind: "stored", storedAs };
    }
    for (const photo of report.photos) {
      const body = new FormData();
      body.set("file", photo.content, photo.name);
      await requestRaw(`/api/collections/reports/items/${report.storedAs}/attachments`, {
        method: "POST",
        body,
        signal: AbortSignal.timeout(photoMilliseconds),
        isBackground: true,
      });
    }
    return { kind: "sent" };
  } catch (error) {
    return verdictOf(error);
  }
}
