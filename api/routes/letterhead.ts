import { z } from "zod";
import { noteInAudit } from "../access/audit.ts";
import { asKeeper } from "../access/keeper.ts";
import { covers } from "../access/people.ts";
import { emptyLetterhead, Letterhead } from "../contract/letterhead.ts";
import { type Person, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { areaNamed } from "../queries/areaShapes.ts";
import { letterheadFor, setLetterhead } from "../queries/letterhead.ts";
import { type Parts, problemAnswers } from "./parts.ts";

const path = "/api/letterhead";
const Query = z.strictObject({
  area: z
    .string()
    .regex(/^\d{2}(\.\d{2})?$/, "35 | 35.17")
    .optional()
    .describe("none: of everywhere that has none of its own"),
});
const Body = z.object({
  letterhead: Letterhead,
  of: z.string().nullable().describe("the area whose letterhead this is; null for everywhere"),
  isSet: z.boolean(),
});
const answers = { 200: { description: "Kop surat / letterhead", types: { "application/json": Body } }, ...problemAnswers } as const;

/** The head of an office's papers: whoever writes papers reads it, an admin of the whole area sets it. */
export function letterheadRoutes({ database }: Parts): Route[] {
  const shared = { path, tag: "ekspor", query: Query, answers } as const;
  const headers = { "Cache-Control": "no-store" };
  const read = async (area: string | null) => {
    const found = await letterheadFor(database, area);
    return { letterhead: found?.letterhead ?? emptyLetterhead, of: found?.of ?? null, isSet: found !== null };
  };
  const refuseOutside = (person: Person, area: string | null): void => {
    if (!covers(person.areas, area === null ? null : [area]))
      throw problem("not_allowed", { role: `${person.role} (${person.areas?.join(", ")})` });
  };
  return [
    route<z.infer<typeof Query>>({
      ...shared,
      method: "get",
      summary: "Kop surat untuk surat tentang suatu wilayah / the letterhead for papers about an area",
      who: ["viewer", "analyst", "leader", "verifier", "admin"],
      handle: async ({ person, query }) => {
        if (query.area) refuseOutside(person, query.area);
        return { headers, body: await read(query.area ?? null) };
      },
    }),
    route<z.infer<typeof Query>, Letterhead>({
      ...shared,
      method: "put",
      summary: "Tetapkan kop surat / set the letterhead",
      who: ["admin"],
      body: { kind: "json", types: ["application/json"], limit: 10_000, schema: Letterhead },
      answers: { ...answers, 422: { description: "Wilayah tidak dikenal / area not known", types: { "application/problem+json": null } } },
      handle: async ({ person, query, body }) => {
        const area = query.area ?? null;
        refuseOutside(person, area);
        if (area !== null && !(await areaNamed(database, area))) throw problem("unknown_area", { field: "area", value: area });
        await asKeeper(() =>
          database.transaction(async (transaction) => {
            await setLetterhead(transaction, area, body);
            await noteInAudit(transaction, {
              who: person,
              what: "setting.replace",
              object: `settings/letterhead${area ? `:${area}` : ""}`,
              detail: body,
            });
          }),
        );
        return { headers, body: await read(area) };
      },
    }),
  ];
}
