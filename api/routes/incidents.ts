import { z } from "zod";
import { once, requestHash } from "../access/idempotency.ts";
import { type Asked, filingRoles, type Person, type Route, route } from "../endpoint.ts";
import {
  changeIncident,
  createIncident,
  type Kept,
  patchIncident,
  readIncident,
  removeIncident,
  type SentFeature,
} from "./keepIncident.ts";
import { jsonLimit, type Parts, problemAnswers } from "./parts.ts";
import { readId } from "./readId.ts";
import { refuseUnfitStatus } from "./verificationScope.ts";

const Feature = z.strictObject({
  type: z.literal("Feature"),
  id: z.union([z.string(), z.number()]).optional(),
  geometry: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()),
  links: z.unknown().optional(),
  warnings: z.unknown().optional(),
  bbox: z.unknown().optional(),
});
const Patch = Feature.partial().omit({ id: true });
const body = { kind: "json", types: ["application/geo+json", "application/json"], limit: jsonLimit, schema: Feature } as const;
const answers = {
  ...problemAnswers,
  409: { description: "Nomor dipakai isi lain / id taken" },
  413: { description: "Terlalu besar / too large" },
  415: { description: "Jenis isi / media type" },
  422: { description: "Tidak dapat diterima / cannot be taken" },
};

export function incidentRoutes({ database, announcer, scheduler, config }: Parts): Route[] {
  const frame = () => ({ now: new Date(), timeZone: config.timeZone });
  const announce = async (id: string, villageCode: string): Promise<void> => {
    scheduler.nudge();
    await announcer.announce({ event: "incident", area: villageCode, data: { id, village_code: villageCode } });
  };
  const headersOf = (kept: Kept): Record<string, string> => ({
    ETag: `"${kept.version}"`,
    Location: `/api/collections/incidents/items/${kept.id}`,
  });

  const create = async ({ person, body: sent, header, request }: Asked<Record<string, never>, SentFeature>) => {
    const at = frame();
    const incident = readIncident(sent, at);
    refuseUnfitStatus(person, incident.status, incident.villageCode);
    let fresh: Kept | null = null;
    const answer = await database.transaction(
      (transaction) =>
        once(transaction, person.name, header("idempotency-key"), requestHash("POST", request.path, sent), at.now, async () => {
          const kept = await createIncident(transaction, incident, person, at);
          if (kept.isNew) fresh = kept;
          return { status: kept.isNew ? 201 : 200, headers: headersOf(kept), body: kept.text };
        }),
      { durable: true },
    );
    const made = fresh as Kept | null;
    if (made) await announce(made.id, made.villageCode);
    return { status: answer.status, type: "application/geo+json", headers: answer.headers, body: answer.body };
  };

  const change = async (id: string, person: Person, sent: SentFeature, ifMatch: string | undefined) => {
    const kept = await database.transaction((transaction) => changeIncident(transaction, id, sent, ifMatch, person, frame()), {
      durable: true,
    });
    await announce(kept.id, kept.villageCode);
    return { status: 200, type: "application/geo+json", headers: headersOf(kept), body: kept.text };
  };

  const patched = async ({ path, person, body: patch, header }: Asked<Record<string, never>, z.infer<typeof Patch>>) => {
    const id = readId(path.item);
    const kept = await database.transaction((transaction) => patchIncident(transaction, id, patch, header("if-match"), person, frame()), {
      durable: true,
    });
    await announce(kept.id, kept.villageCode);
    return { status: 200, type: "application/geo+json", headers: headersOf(kept), body: kept.text };
  };

  return [
    route<Record<string, never>, SentFeature>({
      method: "post",
      path: "/api/collections/incidents/items",
      summary: "Laporkan kejadian / file an incident",
      tag: "kejadian",
      who: filingRoles,
      body,
      answers: {
        201: { description: "Tersimpan / stored", types: { "application/geo+json": null }, headers: ["Location", "ETag"] },
        200: { description: "Sudah ada / already there", types: { "application/geo+json": null } },
        ...answers,
      },
      handle: create,
    }),
    route<Record<string, never>, SentFeature>({
      method: "put",
      path: "/api/collections/incidents/items/{item}",
      summary: "Ganti kejadian / replace an incident",
      tag: "kejadian",
      who: filingRoles,
      body,
      answers: {
        200: { description: "Terganti / replaced", types: { "application/geo+json": null }, headers: ["ETag"] },
        ...answers,
        412: { description: "Sudah berubah / stale" },
        428: { description: "If-Match" },
      },
      handle: ({ path, person, body: sent, header }) => change(readId(path.item), person, sent, header("if-match")),
    }),
    route<Record<string, never>, z.infer<typeof Patch>>({
      method: "patch",
      path: "/api/collections/incidents/items/{item}",
      summary: "Ubah sebagian kejadian / update parts of an incident",
      tag: "kejadian",
      who: filingRoles,
      body: { ...body, types: ["application/merge-patch+json", ...body.types], schema: Patch },
      answers: {
        200: { description: "Terubah / updated", types: { "application/geo+json": null }, headers: ["ETag"] },
        ...answers,
        412: { description: "Sudah berubah / stale" },
        428: { description: "If-Match" },
      },
      handle: patched,
    }),
    route({
      method: "delete",
      path: "/api/collections/incidents/items/{item}",
      summary: "Tarik kejadian / withdraw an incident",
      tag: "kejadian",
      who: ["verifier", "admin"],
      answers: {
        204: { description: "Ditarik / withdrawn" },
        ...answers,
        412: { description: "Sudah berubah / stale" },
        428: { description: "If-Match" },
      },
      handle: async ({ path, person, header }) => {
        const id = readId(path.item);
        const { villageCode } = await database.transaction(
          (transaction) => removeIncident(transaction, id, header("if-match"), person, frame()),
          { durable: true },
        );
        await announce(id, villageCode);
        return { status: 204 };
      },
    }),
  ];
}
