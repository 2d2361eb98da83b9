import { z } from "zod";
import { maySee } from "../access/people.ts";
import { Verification } from "../contract/verification.ts";
import { filingRoles, type Role, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { type HistoryLine, readHistory } from "../queries/reportHistory.ts";
import { type ItemKind, readSteps } from "../queries/verification.ts";
import { jsonLimit, type Parts, problemAnswers } from "./parts.ts";
import { pastFeature } from "./pastFeature.ts";
import { readId } from "./readId.ts";
import { type Decided, verify } from "./verify.ts";

const readers: readonly Role[] = ["analyst", "leader", "verifier", "admin"];
const mostSteps = 1000;
const HistoryQuery = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
const History = z.object({
  id: z.string(),
  numberMatched: z.number(),
  numberReturned: z.number(),
  /** `after` of the next page, or null at the end. */
  next: z.number().nullable(),
  history: z.array(z.object({ version: z.number(), operation: z.string(), at: z.string(), by: z.string(), feature: z.unknown() })),
  verification: z.object({
    numberMatched: z.number(),
    steps: z.array(
      z.object({
        version: z.number(),
        from: z.object({ status: z.string(), level: z.string().nullable() }),
        to: z.object({ status: z.string(), level: z.string().nullable() }),
        reason: z.string().nullable(),
        at: z.string(),
        by: z.string(),
      }),
    ),
  }),
});

export function verificationRoutes({ database, announcer, scheduler, config }: Parts): Route[] {
  const settle = async (kind: ItemKind, decided: Decided): Promise<void> => {
    if (kind === "report" || !decided.isChanged) return;
    scheduler.nudge();
    await announcer.announce({
      event: "incident",
      area: decided.villageCode,
      data: { id: decided.id, village_code: decided.villageCode },
    });
  };
  const ofKind = (kind: ItemKind): Route[] => [
    route<Record<string, never>, z.output<typeof Verification>>({
      method: "post",
      path: `/api/collections/${kind}s/items/{item}/verification`,
      summary: "Putusan verifikasi / a step of verification",
      tag: "kejadian",
      who: filingRoles,
      body: { kind: "json", types: ["application/json"], limit: jsonLimit, schema: Verification },
      answers: {
        200: { description: "Sesudah putusan / after the decision", types: { "application/geo+json": null }, headers: ["ETag"] },
        ...problemAnswers,
        409: { description: "Langkah tidak mungkin / not a possible step" },
        410: { description: "Sudah ditarik / withdrawn" },
        412: { description: "Sudah berubah / stale" },
        422: { description: "Alasan belum ada / a reason is missing" },
      },
      handle: async ({ path, person, body, header }) => {
        const decided = await database.transaction(
          (transaction) =>
            verify(transaction, kind, readId(path.item), body, header("if-match"), person, { now: new Date(), timeZone: config.timeZone }),
          { durable: true },
        );
        await settle(kind, decided);
        return { type: "application/geo+json", headers: { ETag: `"${decided.version}"` }, body: decided.text };
      },
    }),
    route<z.output<typeof HistoryQuery>>({
      method: "get",
      path: `/api/collections/${kind}s/items/{item}/history`,
      summary: "Riwayat perubahan dan verifikasi / history of changes and verification",
      tag: "kejadian",
      who: readers,
      query: HistoryQuery,
      answers: { 200: { description: "Riwayat / history", types: { "application/json": History } }, ...problemAnswers },
      handle: async ({ path, query, person }) => {
        const id = readId(path.item);
        const found = await readHistory(database, kind, id, query);
        if (!found || !maySee(person, found.villageCode)) throw problem("not_found", { value: `${kind}s ${id}` });
        const { total: decided, steps } = await readSteps(database, kind, id, mostSteps);
        const featureOfLine = (line: HistoryLine) => {
          const { villageCode, feature } = pastFeature(kind, id, line, config.timeZone);
          // What lay elsewhere before it was moved here stays with those who work there.
          return maySee(person, villageCode) ? feature : null;
        };
        return {
          body: {
            id,
            numberMatched: found.total,
            numberReturned: found.lines.length,
            next: found.isMore ? (found.lines.at(-1)?.version ?? null) : null,
            history: found.lines.map((line) => ({
              version: line.version,
              operation: line.operation,
              at: line.changedAt,
              by: line.changedBy,
              feature: featureOfLine(line),
            })),
            verification: {
              numberMatched: decided,
              steps: steps.map((step) => ({
                version: step.version,
                from: { status: step.fromStatus, level: step.fromLevel },
                to: { status: step.toStatus, level: step.toLevel },
                reason: step.reason,
                at: step.decidedAt,
                by: step.decidedBy,
              })),
            },
          },
        };
      },
    }),
  ];
  return [...ofKind("incident"), ...ofKind("report")];
}
