import { z } from "zod";
import { type Route, route } from "../endpoint.ts";
import type { Parts } from "./parts.ts";

const Health = z.object({
  status: z.literal("ok"),
  database: z.enum(["embedded", "postgres"]),
  version: z.string(),
  migrations: z.number(),
});

export function healthRoutes({ database, version, migrations }: Parts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/health",
      summary: "Apakah layanan siap / is the service ready",
      tag: "layanan",
      who: "anyone",
      answers: {
        200: { description: "Siap / ready", types: { "application/json": Health } },
        503: { description: "Belum siap / not ready" },
      },
      handle: async () => {
        // The embedded engine has one connection; a long import must not make a living service look dead.
        if (database.kind === "postgres") await database.query("select 1 as ok");
        return { headers: { "Cache-Control": "no-store" }, body: { status: "ok", database: database.kind, version, migrations } };
      },
    }),
  ];
}
