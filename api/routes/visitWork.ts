import { z } from "zod";
import { planners } from "../access/audience.ts";
import { once, requestHash } from "../access/idempotency.ts";
import { type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { collections } from "../queries/collections.ts";
import { readItem } from "../queries/items.ts";
import { type VisitWorkKind, visitWork, visitWorkVersions } from "../queries/visitWork.ts";
import { createVisitWork, patchVisitWork, removeVisitWork, rulesOf, type SentFeature } from "./keepVisitWork.ts";
import { jsonLimit, type Parts, problemAnswers } from "./parts.ts";
import { readId } from "./readId.ts";

const type = "application/geo+json";
const answers = {
  ...problemAnswers,
  409: { description: "Nomor dipakai isi lain / id taken" },
  422: { description: "Tidak dapat diterima / cannot be taken" },
};
const changeAnswers = {
  ...answers,
  410: { description: "Ditarik / withdrawn" },
  412: { description: "Sudah berubah / stale" },
  428: { description: "If-Match" },
};
const History = z.object({
  versions: z.array(
    z.object({
      version: z.number(),
      operation: z.string(),
      changedAt: z.string(),
      changedBy: z.string(),
      record: z.record(z.string(), z.unknown()),
    }),
  ),
});

const names: Readonly<Record<VisitWorkKind, string>> = {
  visits: "kunjungan / a visit",
  agreements: "kesepakatan / an agreement",
  mediators: "mediator / a mediator",
  teams: "tim / a team",
};

function featureSchema(kind: VisitWorkKind) {
  const { schema } = rulesOf[kind];
  return z.strictObject({
    type: z.literal("Feature"),
    id: z.string().optional(),
    geometry: z.unknown().optional(),
    properties: z
      .record(z.string(), z.unknown())
      .meta({ ...(z.toJSONSchema(schema.loose(), { io: "input", unrepresentable: "any" }) as object) }),
    links: z.unknown().optional(),
    bbox: z.unknown().optional(),
  });
}
const Patch = z.strictObject({
  type: z.literal("Feature").optional(),
  geometry: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
});

/** Making, changing and withdrawing visits, agreements, mediators and teams; they are read as collections. */
export function visitWorkRoutes({ database, config, alerts }: Parts): Route[] {
  const frame = () => ({ now: new Date(), timeZone: config.timeZone });
  return (Object.keys(visitWork) as VisitWorkKind[]).flatMap((kind): Route[] => {
    const path = `/api/collections/${kind}/items`;
    const body = { kind: "json", types: [type, "application/json"], limit: jsonLimit, schema: featureSchema(kind) } as const;
    const isDue = kind === "visits" || kind === "agreements";
    return [
      route<Record<string, never>, SentFeature>({
        method: "post",
        path,
        summary: `Catat ${names[kind]} (record)`,
        tag: "kunjungan",
        who: planners,
        body,
        answers: {
          201: { description: "Tersimpan / stored", types: { [type]: null }, headers: ["Location", "ETag"] },
          200: { description: "Sudah ada / already there", types: { [type]: null } },
          ...answers,
        },
        handle: async ({ person, body: sent, header, request }) => {
          const at = frame();
          const answer = await database.transaction(
            (transaction) =>
              once(transaction, person.name, header("idempotency-key"), requestHash("POST", request.path, sent), at.now, async () => {
                const kept = await createVisitWork(transaction, kind, sent, person, at);
                if (isDue) await alerts.raiseDue(transaction, at.now);
                return kept;
              }),
            { durable: true },
          );
          return { status: answer.status, type, headers: answer.headers, body: answer.body };
        },
      }),
      route<Record<string, never>, z.infer<typeof Patch>>({
        method: "patch",
        path: `${path}/{item}`,
        summary: `Ubah ${names[kind]} (update)`,
        tag: "kunjungan",
        who: planners,
        body: { ...body, types: ["application/merge-patch+json", ...body.types], schema: Patch },
        answers: { 200: { description: "Terubah / updated", types: { [type]: null }, headers: ["ETag"] }, ...changeAnswers },
        handle: async ({ path: { item }, person, body: patch, header }) => {
          const at = frame();
          const answer = await database.transaction(
            async (transaction) => {
              const kept = await patchVisitWork(transaction, kind, readId(item), patch, header("if-match"), person, at);
              if (isDue) await alerts.raiseDue(transaction, at.now);
              return kept;
            },
            { durable: true },
          );
          return { ...answer, type };
        },
      }),
      route({
        method: "delete",
        path: `${path}/{item}`,
        summary: `Tarik ${names[kind]} (withdraw)`,
        tag: "kunjungan",
        who: planners,
        answers: { 204: { description: "Ditarik / withdrawn" }, ...changeAnswers },
        handle: async ({ path: { item }, person, header }) => {
          const at = frame();
          await database.transaction(
            async (transaction) => {
              await removeVisitWork(transaction, kind, readId(item), header("if-match"), person, at);
              if (isDue) await alerts.raiseDue(transaction, at.now);
            },
            { durable: true },
          );
          return { status: 204 };
        },
      }),
      ...(visitWork[kind].hasHistory ? [historyRoute(kind)] : []),
    ];
  });

  function historyRoute(kind: VisitWorkKind): Route {
    return route({
      method: "get",
      path: `/api/collections/${kind}/items/{item}/history`,
      summary: `Riwayat ${names[kind]} (history)`,
      tag: "kunjungan",
      who: planners,
      answers: { 200: { description: "Versi / versions", types: { "application/json": History } }, ...problemAnswers },
      handle: async ({ path: { item }, person }) => {
        const id = readId(item);
        if (!(await readItem(database, collections[kind], id, person.areas))) throw problem("not_found", { value: `${kind} ${id}` });
        return { body: { versions: await visitWorkVersions(database, kind, id) } };
      },
    });
  }
}
