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
const answers = {
  200: { description: "Kop surat / letterhead", types: { "application/json": Body } },
  ...problemAnswers,
  422: { description: "Wilayah tidak dikenal / area not known", types: { "application/problem+json": null } },
} as const;

/** The head of an office's papers: whoever writes papers reads it, an admin of the whole area sets it. */
export function letterheadRoutes({ database }: Parts): Route[] {
  const shared = { path, tag: "ekspor", query: Query, answers } as const;
  const headers = { "Cache-Control": "no-store" };
  const read = async (area: string | null) => {
    const found = await letterheadFor(database, area);
    return { letterhead: found?.letterhead ?? emptyLetterhead, of: found?.of ?? null, isSet: found !== null };
  };
  // Of an area that a person may not see is told what is told of one that is not there.
  const refuseOutside = async ({ areas }: Person, area: string): Promise<void> => {
    if (!covers(areas, [area]) || !(await areaNamed(database, area))) throw problem("unknown_area", { field: "area", value: area });
  };
  return [
    route<z.infer<typeof Query>>({
      ...shared,
      method: "get",
      summary: "Kop surat untuk surat tentang suatu wilayah / the letterhead for papers about an area",
      who: ["viewer", "analyst", "leader", "verifier", "admin"],
      handle: async ({ person, query }) => {
        if (query.area) await refuseOutside(person, query.area);
        return { headers, body: await read(query.area ?? null) };
      },
    }),
    route<z.infer<typeof Query>, Letterhead>({
      ...shared,
      method: "put",
      summary: "Tetapkan kop surat / set the letterhead",
      who: ["admin"],
      body: { kind: "json", types: ["application/json"], limit: 10_000, schema: Letterhead },
      handle: async ({ person, query, body }) => {
        const area = query.area ?? null;
        if (area !== null) await refuseOutside(person, area);
        else if (person.areas !== null) throw problem("not_allowed", { role: `${person.role} (${person.areas.join(", ")})` });
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
