import { z } from "zod";
import { type CrosswalkArea, CrosswalkDocument, VintagesDocument, VintageYear } from "../contract/vintages.ts";
import type { Database } from "../database/database.ts";
import { type Answer, type Asked, everyRole, type Route, route } from "../endpoint.ts";
import { writeCsv } from "../formats/csvText.ts";
import { officialList, officialListSource } from "../places/officialList.ts";
import { readCrosswalk } from "../places/readCrosswalk.ts";
import { problem } from "../problem.ts";
import { countChanges } from "../queries/areaLinks.ts";
import { loadedVintage } from "../queries/areaList.ts";
import { bumpDataVersion } from "../queries/settings.ts";
import { knownVintages, listVintages, removeVintage, type VintageEntry, vintagesVersion } from "../queries/vintages.ts";
import { type Parts, problemAnswers } from "./parts.ts";

const code = z.string().regex(/^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/, "35.17");
const mostCodes = 2000;
const levels = ["province", "regency", "district", "village"] as const;
const levelOfLength: Readonly<Record<number, string>> = { 2: "province", 5: "regency", 8: "district", 13: "village" };

const CrosswalkQuery = z.strictObject({
  from: VintageYear,
  to: VintageYear,
  codes: z
    .string()
    .transform((text) => text.split(",").map((part) => part.trim()))
    .pipe(z.array(code).min(1).max(mostCodes))
    .optional(),
  within: code.optional(),
  level: z.enum(levels).optional(),
  changes: z.enum(["true", "false"]).default("false"),
  after: code.optional(),
  limit: z.coerce.number().int().min(1).max(100_000).default(10_000),
  f: z.enum(["json", "csv"]).default("json"),
});
type Query = z.infer<typeof CrosswalkQuery>;

/** The lists there are; the one that ships stands among them also before any file made it needed. */
async function describedVintages(parts: Parts): Promise<(Omit<VintageEntry, "loadedAt"> & { loadedAt: string | null })[]> {
  const stored = await listVintages(parts.database);
  const year = Number(officialListSource.vintage);
  if (stored.some((entry) => entry.year === year)) return stored;
  const list = await officialList();
  let villages = 0;
  for (const _ of list.areas(null, "village")) villages++;
  const { source, licence } = officialListSource;
  const shipped = { year, origin: "package" as const, source, licence, loadedAt: null, areas: list.size, villages, shapes: 0 };
  return [...stored, shipped].sort((a, b) => a.year - b.year);
}

function asTable(areas: readonly CrosswalkArea[], query: Query, sources: string): Answer {
  const rows = areas.flatMap((area) => {
    const head = { from: query.from, code: area.code, name: area.name, to: query.to, change: area.change };
    const tail = { offspring: area.offspring.map((one) => one.code).join(" "), candidates: area.candidates.join(" "), sources };
    const targets = area.targets.length > 0 ? area.targets : [null];
    return targets.map((target) => ({
      ...head,
      target_code: target?.code ?? null,
      target_name: target?.name ?? null,
      share: target?.share ?? null,
      confidence: target?.confidence ?? null,
      evidence: target?.evidence.join(" ") ?? null,
      ...tail,
    }));
  });
  return {
    type: "text/csv; charset=utf-8",
    headers: { "Content-Disposition": `attachment; filename="waspada-padanan-${query.from}-${query.to}.csv"` },
    body: writeCsv(rows),
  };
}

type Counted = Awaited<ReturnType<typeof countChanges>>;

/** Counts of each pair of years, kept until a list changes: they are the same in every answer and cost a pass over all links. */
class ChangeCounts {
  #version = -1;
  readonly #counted = new Map<string, Counted>();

  async read(database: Database, from: number, to: number): Promise<Counted> {
    const version = await vintagesVersion(database);
    if (version !== this.#version) this.#counted.clear();
    this.#version = version;
    const key = `${from} ${to}`;
    const counted = this.#counted.get(key) ?? (await countChanges(database, from, to));
    this.#counted.set(key, counted);
    return counted;
  }
}

async function crosswalk(parts: Parts, counts: ChangeCounts, { query }: Asked<Query>): Promise<Answer> {
  const known = await knownVintages(parts.database);
  const expected = known.map(({ year }) => year).join(", ") || "–";
  for (const year of [query.from, query.to])
    if (!known.some((entry) => entry.year === year)) throw problem("unknown_vintage", { field: "from, to", value: year, expected });
  if (query.from === query.to) throw problem("same_vintage", { field: "to", value: query.to, expected });
  const asked = {
    codes: query.codes ?? null,
    within: query.within ?? null,
    level: query.level ?? null,
    changesOnly: query.changes === "true",
    after: query.after ?? null,
    limit: query.limit,
  };
  const { areas, matched } = await readCrosswalk(parts.database, query.from, query.to, asked);
  const sources = known.filter(({ year }) => year === query.from || year === query.to);
  const last = areas.at(-1)?.code;
  const next = new URLSearchParams({ from: String(query.from), to: String(query.to), limit: String(query.limit) });
  for (const field of ["within", "level", "changes", "f"] as const) if (query[field] !== undefined) next.set(field, String(query[field]));
  if (query.codes) next.set("codes", query.codes.join(","));
  if (last !== undefined) next.set("after", last);
  const isFull = areas.length === query.limit;
  const headers: Record<string, string> = isFull ? { Link: `</api/crosswalk?${next}>; rel="next"` } : {};
  if (query.f === "csv") {
    const table = asTable(
      areas,
      query,
      sources.map(({ year, source, licence }) => `${year}: ${source}${licence ? ` (${licence})` : ""}`).join("; "),
    );
    return { ...table, headers: { ...table.headers, ...headers } };
  }
  const counted = await counts.read(parts.database, query.from, query.to);
  const listed = new Set(areas.map((area) => area.code));
  return {
    headers,
    body: {
      from: query.from,
      to: query.to,
      summary: counted.map(({ change, level, n, vanished }) => ({ level: levelOfLength[level]!, change, areas: n, vanished })),
      numberMatched: matched,
      numberReturned: areas.length,
      areas,
      unknown: areas.filter(({ change }) => change === "unknown").map((area) => area.code),
      notListed: (query.codes ?? []).filter((asked) => !listed.has(asked) && !isFull && query.after === undefined),
      sources: sources.map(({ year, source, licence }) => ({ year, source, licence })),
      links: isFull ? [{ rel: "next", href: `/api/crosswalk?${next}` }] : [],
    },
  };
}

export function vintageRoutes(parts: Parts): Route[] {
  const counts = new ChangeCounts();
  return [
    route({
      method: "get",
      path: "/api/vintages",
      summary: "Daftar wilayah menurut tahun / lists of areas by year",
      tag: "koleksi",
      who: everyRole,
      query: z.strictObject({}),
      answers: { 200: { description: "Daftar / lists", types: { "application/json": VintagesDocument } }, ...problemAnswers },
      handle: async () => ({ body: { loaded: await loadedVintage(parts.database), vintages: await describedVintages(parts) } }),
    }),
    route<Record<string, string>>({
      method: "delete",
      path: "/api/vintages/{year}",
      summary: "Buang daftar wilayah satu tahun / remove the list of a year",
      tag: "koleksi",
      who: ["admin"],
      answers: { 204: { description: "Dibuang / removed" }, ...problemAnswers },
      handle: async ({ path }) => {
        const year = /^\d{4}$/.test(path.year ?? "") ? Number(path.year) : 0;
        await parts.database.transaction(
          async (transaction) => {
            if (!(await removeVintage(transaction, year))) throw problem("not_found", { value: `vintages/${path.year}` });
            await bumpDataVersion(transaction);
          },
          { durable: true },
        );
        return { status: 204 };
      },
    }),
    route({
      method: "get",
      path: "/api/crosswalk",
      summary: "Kode satu tahun dibaca di tahun lain / codes of one year read in another",
      tag: "koleksi",
      who: everyRole,
      query: CrosswalkQuery,
      answers: {
        200: { description: "Padanan / crosswalk", types: { "application/json": CrosswalkDocument, "text/csv": null } },
        ...problemAnswers,
        422: { description: "Tahun tanpa daftar / a year without a list", types: { "application/problem+json": null } },
      },
      handle: (asked) => crosswalk(parts, counts, asked),
    }),
  ];
}
