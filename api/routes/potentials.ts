import { z } from "zod";
import { once, requestHash } from "../access/idempotency.ts";
import { PotentialProperties } from "../contract/potential.ts";
import { type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { collections } from "../queries/collections.ts";
import { readItem } from "../queries/items.ts";
import { type PotentialVersion, potentialVersions } from "../queries/potentials.ts";
import { changePotential, createPotential, removePotential, type SentPotential } from "./keepPotential.ts";
import { jsonLimit, type Parts, problemAnswers } from "./parts.ts";
import { potentialReaders } from "./potentialReaders.ts";
import { readId } from "./readId.ts";

const Feature = z.strictObject({
  type: z.literal("Feature"),
  id: z.string().optional(),
  geometry: z.unknown().optional(),
  properties: z
    .record(z.string(), z.unknown())
    .meta({ ...(z.toJSONSchema(PotentialProperties.loose(), { io: "input", unrepresentable: "any" }) as object) }),
  links: z.unknown().optional(),
  bbox: z.unknown().optional(),
});
const body = { kind: "json", types: ["application/geo+json", "application/json"], limit: jsonLimit, schema: Feature } as const;
const answers = {
  ...problemAnswers,
  409: { description: "Nomor dipakai isi lain / id taken" },
  422: { description: "Tidak dapat diterima / cannot be taken" },
};
const changeAnswers = { ...answers, 412: { description: "Sudah berubah / stale" }, 428: { description: "If-Match" } };
const type = "application/geo+json";
const ours = new Set(["id", "version", "regency_code", "recorded_at", "recorded_by", "import_id", "content_hash", "withdrawn_at"]);
const HistoryAnswer = z.object({
  versions: z.array(
    z.object({
      version: z.number(),
      operation: z.string(),
      changedAt: z.string(),
      changedBy: z.string().nullable(),
      changes: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })),
    }),
  ),
});

/** What a version changed of the one before it: each field with both values. */
function changesOf(before: PotentialVersion | undefined, { record }: PotentialVersion): { field: string; from: unknown; to: unknown }[] {
  if (!before) return [];
  return Object.keys(record)
    .filter((field) => !ours.has(field) && JSON.stringify(record[field]) !== JSON.stringify(before.record[field]))
    .map((field) => ({ field, from: before.record[field] ?? null, to: record[field] ?? null }));
}

export function potentialRoutes({ database, scheduler, config, alerts }: Parts): Route[] {
  const frame = () => ({ now: new Date(), timeZone: config.timeZone });
  return [
    route<Record<string, never>, SentPotential>({
      method: "post",
      path: "/api/collections/potentials/items",
      summary: "Catat potensi konflik / record a standing dispute",
      tag: "potensi",
      who: potentialReaders,
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
              const kept = await createPotential(transaction, sent, person, at);
              await alerts.raiseDue(transaction, at.now);
              return kept;
            }),
          { durable: true },
        );
        scheduler.nudge();
        return { status: answer.status, type, headers: answer.headers, body: answer.body };
      },
    }),
    route<Record<string, never>, SentPotential>({
      method: "put",
      path: "/api/collections/potentials/items/{item}",
      summary: "Ganti, tutup, atau buka lagi potensi / replace, close or reopen a dispute",
      tag: "potensi",
      who: potentialReaders,
      body,
      answers: { 200: { description: "Terganti / replaced", types: { [type]: null }, headers: ["ETag"] }, ...changeAnswers },
      handle: async ({ path, person, body: sent, header }) => {
        const at = frame();
        const answer = await database.transaction(
          async (transaction) => {
            const kept = await changePotential(transaction, readId(path.item), sent, header("if-match"), person, at);
            await alerts.raiseDue(transaction, at.now);
            return kept;
          },
          { durable: true },
        );
        scheduler.nudge();
        return { ...answer, type };
      },
    }),
    route({
      method: "delete",
      path: "/api/collections/potentials/items/{item}",
      summary: "Tarik potensi / withdraw a dispute",
      tag: "potensi",
      who: ["verifier", "admin"],
      answers: { 204: { description: "Ditarik / withdrawn" }, ...changeAnswers },
      handle: async ({ path, person, header }) => {
        const at = frame();
        await database.transaction(
          async (transaction) => {
            await removePotential(transaction, readId(path.item), header("if-match"), person, at);
            await alerts.raiseDue(transaction, at.now);
          },
          { durable: true },
        );
        scheduler.nudge();
        return { status: 204 };
      },
    }),
    route({
      method: "get",
      path: "/api/potentials/{item}/history",
      summary: "Riwayat satu potensi / every version of a dispute",
      tag: "potensi",
      who: potentialReaders,
      answers: { 200: { description: "Versi / versions", types: { "application/json": HistoryAnswer } }, ...problemAnswers },
      handle: async ({ path, person }) => {
        const id = readId(path.item);
        if (!(await readItem(database, collections.potentials, id, person.areas)))
          throw problem("not_found", { value: `potentials ${id}` });
        const versions = await potentialVersions(database, id);
        const seesPeople = person.role === "verifier" || person.role === "admin";
        return {
          body: {
            versions: versions.map((version, index) => ({
              version: version.version,
              operation: version.operation,
              changedAt: version.changedAt,
              changedBy: seesPeople ? version.changedBy : null,
              changes: changesOf(versions[index - 1], version),
            })),
          },
        };
      },
    }),
  ];
}
