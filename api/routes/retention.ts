import { z } from "zod";
import { noteInAudit } from "../access/audit.ts";
import { purge, retentionClocks } from "../access/retention.ts";
import { RetentionDays, retentionDefaults } from "../contract/retention.ts";
import { actAs } from "../database/actor.ts";
import { type Route, route } from "../endpoint.ts";
import { getSetting, setSetting } from "../queries/settings.ts";
import { refuseUnlessNational } from "./audit.ts";
import { type Parts, problemAnswers } from "./parts.ts";

const path = "/api/audit/retention";
const clock = z.object({ kind: z.string(), days: z.number().nullable(), due: z.number(), purged: z.number().optional() });
const Clocks = z.object({ clocks: z.array(clock) });
const answers = { 200: { description: "Jam simpan / clocks", types: { "application/json": Clocks } }, ...problemAnswers };

/** How long things are kept: what would go now, another number of days, and the purge at once. */
export function retentionRoutes({ database, vault }: Parts): Route[] {
  const shared = { path, tag: "audit", who: ["admin"], isClosedToDemo: true, answers } as const;
  const headers = { "Cache-Control": "no-store" };
  return [
    route({
      ...shared,
      method: "get",
      summary: "Yang lewat masa simpan; tidak ada yang dihapus / what is past its time; nothing is removed",
      handle: async ({ person }) => {
        refuseUnlessNational(person);
        return { headers, body: { clocks: await retentionClocks(database, new Date()) } };
      },
    }),
    route<Record<string, never>, RetentionDays>({
      ...shared,
      method: "put",
      summary: "Ubah masa simpan dalam hari; null: selamanya / change days of keeping; null: for good",
      body: { kind: "json", types: ["application/json"], limit: 10_000, schema: RetentionDays },
      handle: async ({ person, body }) => {
        refuseUnlessNational(person);
        await actAs("keeper", () =>
          database.transaction(async (transaction) => {
            const set = await getSetting<RetentionDays>(transaction, "retention");
            await setSetting(transaction, "retention", { ...retentionDefaults, ...set, ...body });
            await noteInAudit(transaction, { who: person, what: "setting.replace", object: "settings/retention", detail: body });
          }),
        );
        return { headers, body: { clocks: await retentionClocks(database, new Date()) } };
      },
    }),
    route({
      ...shared,
      method: "post",
      summary: "Hapus sekarang yang lewat masa simpan / remove now what is past its time",
      handle: async ({ person }) => {
        refuseUnlessNational(person);
        return { headers, body: { clocks: await purge(database, vault, new Date()) } };
      },
    }),
  ];
}
