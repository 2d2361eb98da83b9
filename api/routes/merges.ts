import { z } from "zod";
import type { Transaction } from "../database/database.ts";
import { type Asked, type Role, type Route, route } from "../endpoint.ts";
import { type Merged, mergeIncident, tieReport, unmergeIncident } from "./mergeIncidents.ts";
import { jsonLimit, type Parts, problemAnswers } from "./parts.ts";
import { readId } from "./readId.ts";

const Merge = z.strictObject({ into: z.uuid(), reason: z.string().trim().min(1).max(2000).nullish() });
const verifiers: readonly Role[] = ["verifier", "admin"];
const tiers: readonly Role[] = ["analyst", "leader", "verifier", "admin"];
const answers = {
  200: { description: "Kejadian sesudahnya / the incident afterwards", types: { "application/geo+json": null }, headers: ["ETag"] },
  ...problemAnswers,
  409: { description: "Tidak mungkin sekarang / not possible now" },
  410: { description: "Sudah ditarik / withdrawn" },
  422: { description: "Tidak dapat diterima / cannot be taken" },
};

export function mergeRoutes({ database, announcer, scheduler, config }: Parts): Route[] {
  const frame = () => ({ now: new Date(), timeZone: config.timeZone });
  const done = async (work: (transaction: Transaction) => Promise<Merged>) => {
    const merged = await database.transaction(work, { durable: true });
    if (merged.touched.length > 0) scheduler.nudge();
    for (const { id, villageCode } of merged.touched)
      await announcer.announce({ event: "incident", area: villageCode, data: { id, village_code: villageCode } });
    return { type: "application/geo+json", headers: { ETag: `"${merged.version}"` }, body: merged.text };
  };
  const tie =
    (isTied: boolean) =>
    ({ path, person }: Asked) =>
      done((transaction) => tieReport(transaction, readId(path.item), readId(path.report), isTied, person, frame()));
  return [
    route<Record<string, never>, z.output<typeof Merge>>({
      method: "post",
      path: "/api/incidents/{item}/merge",
      summary: "Gabungkan kejadian yang sama / merge an incident into another",
      tag: "kejadian",
      who: verifiers,
      body: { kind: "json", types: ["application/json"], limit: jsonLimit, schema: Merge },
      answers: { ...answers, 412: { description: "Sudah berubah / stale" } },
      handle: ({ path, person, body, header }) =>
        done((transaction) =>
          mergeIncident(
            transaction,
            readId(path.item),
            { into: body.into, reason: body.reason ?? null },
            header("if-match"),
            person,
            frame(),
          ),
        ),
    }),
    route({
      method: "post",
      path: "/api/incidents/{item}/unmerge",
      summary: "Batalkan gabungan / undo a merge",
      tag: "kejadian",
      who: verifiers,
      answers: { ...answers, 412: { description: "Sudah berubah / stale" } },
      handle: ({ path, person, header }) =>
        done((transaction) => unmergeIncident(transaction, readId(path.item), header("if-match"), person, frame())),
    }),
    route({
      method: "put",
      path: "/api/collections/incidents/items/{item}/reports/{report}",
      summary: "Kaitkan laporan dengan kejadian / tie a report to an incident",
      tag: "kejadian",
      who: tiers,
      answers,
      handle: tie(true),
    }),
    route({
      method: "delete",
      path: "/api/collections/incidents/items/{item}/reports/{report}",
      summary: "Lepaskan laporan dari kejadian / untie a report from an incident",
      tag: "kejadian",
      who: tiers,
      answers,
      handle: tie(false),
    }),
  ];
}
