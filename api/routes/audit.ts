import { z } from "zod";
import { verifyTrail } from "../access/verifyTrail.ts";
import { type AuditAction, auditActions } from "../contract/auditActions.ts";
import { parseWhen } from "../contract/time.ts";
import { actAs } from "../database/actor.ts";
import { type Person, type Route, route } from "../endpoint.ts";
import { writeCsv } from "../formats/csvText.ts";
import { problem } from "../problem.ts";
import { auditHead, findAuditEntries } from "../queries/audit.ts";
import { type Parts, problemAnswers } from "./parts.ts";

const mostEntries = 10_000;
const AuditQuery = z.strictObject({
  from: z.string().describe("a day or a moment, inclusive"),
  to: z.string().describe("a day (to its end) or a moment, exclusive"),
  object: z.string().max(300).optional().describe("kind/id, such as reports/5f0e…; also finds the pages it stood on"),
  who: z.string().max(100).optional(),
  what: z.enum(Object.keys(auditActions) as [AuditAction, ...AuditAction[]]).optional(),
  limit: z.coerce.number().int().min(1).max(mostEntries).default(1000),
  after: z.coerce.number().int().min(0).default(0),
  f: z.enum(["json", "csv"]).default("json"),
});
const headPattern = /^(\d{1,15}):([0-9a-f]{64})$/;
const Entry = z.object({
  id: z.number(),
  sequence: z.number().nullable().describe("its place in the chain; null during the second before it is sealed"),
  at: z.string(),
  who: z.string(),
  role: z.string(),
  what: z.string(),
  object: z.string(),
  objects: z.array(z.string()),
  detailHash: z.string().nullable(),
});
const Head = z.object({ sequence: z.number(), hash: z.string() }).nullable();

/** Only admins of everything read the trail; it tells of every area. */
export function refuseUnlessNational(person: Person): void {
  if (person.areas !== null) throw problem("not_allowed", { role: `${person.role} (${person.areas.join(", ")})` });
}

export function auditRoutes({ database, config }: Parts): Route[] {
  const shared = { method: "get", tag: "audit", who: ["admin"], isClosedToDemo: true } as const;
  const moment = (field: string, text: string, isEnd: boolean): Date => {
    const when = parseWhen(text, config.timeZone);
    if (!when) throw problem("invalid_parameter", { field, value: text, expected: "2025-06-27, 2025-06-27T08:00:00+07:00" });
    return isEnd && when.precision === "day" ? new Date(when.moment.getTime() + 86_400_000) : when.moment;
  };
  return [
    route<z.output<typeof AuditQuery>>({
      ...shared,
      path: "/api/audit",
      summary: "Siapa melakukan dan membaca apa / who did and read what",
      query: AuditQuery as unknown as z.ZodType<z.output<typeof AuditQuery>>,
      answers: {
        200: {
          description: "Jejak audit / audit trail",
          types: {
            "application/json": z.object({ numberReturned: z.number(), entries: z.array(Entry), links: z.array(z.unknown()) }),
            "text/csv": null,
          },
        },
        ...problemAnswers,
      },
      handle: async ({ person, query, url }) => {
        refuseUnlessNational(person);
        const from = moment("from", query.from, false);
        const to = moment("to", query.to, true);
        const { object = null, who = null, what = null, after, limit } = query;
        const found = await actAs("auditor", () => findAuditEntries(database, { from, to, object, who, what, after, limit }));
        const entries = found.map(({ notedAt, ...entry }) => ({ ...entry, at: notedAt }));
        const next = new URL(url);
        next.searchParams.set("after", String(entries.at(-1)?.id ?? after));
        const isMore = entries.length === limit;
        if (query.f === "csv") {
          return {
            type: "text/csv; charset=utf-8",
            headers: { "Cache-Control": "no-store", ...(isMore ? { Link: `<${next.href}>; rel="next"` } : {}) },
            body: writeCsv(entries.map(({ objects, ...entry }) => ({ ...entry, objects: objects.join(" ") }))),
          };
        }
        const links = isMore ? [{ rel: "next", type: "application/json", href: next.href }] : [];
        return { headers: { "Cache-Control": "no-store" }, body: { numberReturned: entries.length, entries, links } };
      },
    }),
    route<{ head?: string | undefined }>({
      ...shared,
      path: "/api/audit/verification",
      summary: "Periksa rantai audit / verify the chain",
      query: z.strictObject({
        head: z.string().regex(headPattern, "12345:9f86d0…").optional().describe("a head that was kept: SEQUENCE:HASH"),
      }),
      answers: {
        200: {
          description: "Hasil pemeriksaan / what was found",
          types: {
            "application/json": z.object({
              lines: z.number(),
              head: Head,
              unsealed: z.object({ count: z.number(), oldest: z.string().nullable() }),
              broken: z.object({ fault: z.string(), sequence: z.number().nullable(), entryId: z.number().nullable() }).nullable(),
            }),
          },
        },
        ...problemAnswers,
      },
      handle: async ({ person, query }) => {
        refuseUnlessNational(person);
        const [, sequence, hash = ""] = headPattern.exec(query.head ?? "") ?? [];
        const kept = sequence === undefined ? null : { sequence: Number(sequence), hash };
        return { headers: { "Cache-Control": "no-store" }, body: await actAs("auditor", () => verifyTrail(database, kept)) };
      },
    }),
    route({
      ...shared,
      path: "/api/audit/head",
      summary: "Ujung rantai, untuk disimpan di luar / the chain's head, to be kept outside",
      answers: { 200: { description: "Ujung / head", types: { "application/json": z.object({ head: Head }) } }, ...problemAnswers },
      handle: async ({ person }) => {
        refuseUnlessNational(person);
        return { headers: { "Cache-Control": "no-store" }, body: { head: await actAs("auditor", () => auditHead(database)) } };
      },
    }),
  ];
}
