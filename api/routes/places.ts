import { z } from "zod";
import { taxonomy } from "../contract/taxonomy.ts";
import { everyRole, type Route, route } from "../endpoint.ts";
import { findPlaces } from "../places/findPlaces.ts";
import { listAreas } from "../queries/areaList.ts";
import { type Parts, problemAnswers } from "./parts.ts";

const code = z.string().regex(/^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/, "35.17");

export function placeRoutes({ database }: Parts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/taxonomy",
      summary: "Isu, bentuk, tahap, nilai / the taxonomy",
      tag: "layanan",
      who: "anyone",
      answers: { 200: { description: "Taksonomi / taxonomy", types: { "application/json": null } } },
      handle: async () => ({ headers: { "Cache-Control": "public, max-age=3600" }, body: taxonomy }),
    }),
    route({
      method: "get",
      path: "/api/areas",
      summary: "Daftar wilayah untuk dipilih / areas to choose from",
      tag: "koleksi",
      who: everyRole,
      query: z.strictObject({ within: code.optional(), level: z.enum(["province", "regency", "district", "village"]).default("regency") }),
      answers: { 200: { description: "Wilayah / areas", types: { "application/json": null } }, ...problemAnswers },
      handle: async ({ query, person }) => ({
        body: { areas: await listAreas(database, query.level, query.within ?? null, person.areas) },
      }),
    }),
    route({
      method: "get",
      path: "/api/places",
      summary: "Cari desa dari teks / find a village by text",
      tag: "koleksi",
      who: everyRole,
      query: z.strictObject({
        q: z.string().min(1).max(200),
        within: code.optional(),
        limit: z.coerce.number().int().min(1).max(50).default(10),
      }),
      answers: {
        200: {
          description: "Calon / candidates",
          types: {
            "application/json": z.object({
              q: z.string(),
              candidates: z.array(z.object({ code: z.string(), probability: z.number() }).loose()),
              numberMatched: z.number().int(),
              none: z.number(),
              ambiguous: z.boolean(),
            }),
          },
        },
        ...problemAnswers,
      },
      handle: async ({ query, person }) => ({
        body: await findPlaces(database, query.q, { within: query.within ?? null, scope: person.areas, limit: query.limit }),
      }),
    }),
  ];
}
