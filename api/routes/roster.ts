import { randomUUID } from "node:crypto";
import { z } from "zod";
import { once, requestHash } from "../access/idempotency.ts";
import { maySee } from "../access/people.ts";
import { type CheckedRosterLine, checkRosterLine, RosterProperties } from "../contract/roster.ts";
import { isDay } from "../contract/time.ts";
import type { Transaction } from "../database/database.ts";
import { type Asked, type Person, type Role, type Route, route } from "../endpoint.ts";
import { rosterHash } from "../imports/rosterRow.ts";
import { problem } from "../problem.ts";
import { isLoadedArea, keepRosterLine, listRoster, lockRosterLine, type RosterRow, removeRosterLine } from "../queries/roster.ts";
import { villageCodes } from "../queries/samples.ts";
import { bumpDataVersion } from "../queries/settings.ts";
import { markDue } from "../queries/standing.ts";
import { jsonLimit, type Parts, problemAnswers } from "./parts.ts";
import { refuseStaleMatch } from "./precondition.ts";
import { readId } from "./readId.ts";

const who: readonly Role[] = ["verifier", "admin"];
const mostLines = 1000;
const ListQuery = z.strictObject({
  area: z
    .string()
    .regex(/^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/, "35.17")
    .optional(),
  on: z.string().refine(isDay, "YYYY-MM-DD").optional().describe("Only lines that hold on this day."),
  limit: z.coerce.number().int().min(1).max(mostLines).default(100),
  cursor: z.string().max(200).optional(),
});
const LineAnswer = RosterProperties.extend({ id: z.uuid(), version: z.number(), area_name: z.string().nullable() }).loose();
const ListAnswer = z.object({
  numberMatched: z.number(),
  numberReturned: z.number(),
  lines: z.array(LineAnswer),
  links: z.array(z.object({ rel: z.string(), href: z.string() })),
});
const body = {
  kind: "json",
  types: ["application/json"],
  limit: jsonLimit,
  schema: z.record(z.string(), z.unknown()),
} as const;
type Sent = Record<string, unknown>;

/** A line as it travels. */
export function rosterLineOf(row: RosterRow): Record<string, unknown> {
  return {
    id: row.id,
    version: row.version,
    area_code: row.areaCode,
    area_name: row.areaName,
    cadence: row.cadence,
    every_days: row.everyDays,
    grace_days: row.graceDays,
    valid_from: row.validFrom,
    valid_to: row.validTo,
    reporter_role: row.reporterRole,
    reporter: row.reporter,
  };
}

function readLine(sent: Sent): CheckedRosterLine {
  const { version: _, area_name: __, ...told } = sent;
  const checked = checkRosterLine(told);
  if ("line" in checked) return checked.line;
  const { code, ...details } = checked.faults[0] ?? { code: "not_a_feature" as const };
  throw problem(code, { ...details, errors: checked.faults });
}

async function refuseUnknownArea(transaction: Transaction, person: Person, code: string): Promise<void> {
  if (!maySee(person, code) || !(await isLoadedArea(transaction, code))) throw problem("unknown_area", { field: "area_code", value: code });
}

/** The line of an id inside the person's scope. @throws not_found, gone */
async function existingLine(transaction: Transaction, id: string, person: Person): Promise<RosterRow> {
  const found = await lockRosterLine(transaction, id);
  if (!found || !maySee(person, found.areaCode)) throw problem("not_found", { value: `roster ${id}` });
  if (found.isRemoved) throw problem("gone", { value: `roster ${id}` });
  return found;
}

async function changed(transaction: Transaction, areaCodes: readonly string[], now: Date): Promise<void> {
  await markDue(transaction, await villageCodes(transaction, areaCodes), now);
  await bumpDataVersion(transaction);
}

async function kept(
  transaction: Transaction,
  id: string,
  status: number,
): Promise<{ status: number; headers: Record<string, string>; body: string }> {
  const row = await lockRosterLine(transaction, id);
  if (!row) throw problem("not_found", { value: `roster ${id}` });
  return { status, headers: { ETag: `"${row.version}"`, Location: `/api/roster/${id}` }, body: JSON.stringify(rosterLineOf(row)) };
}

async function create(transaction: Transaction, line: CheckedRosterLine, person: Person, now: Date) {
  await refuseUnknownArea(transaction, person, line.areaCode);
  const id = line.id ?? randomUUID();
  const contentHash = rosterHash(line);
  await transaction.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`roster ${id}`]);
  const existing = await lockRosterLine(transaction, id);
  if (existing && (existing.isRemoved || existing.contentHash !== contentHash)) throw problem("id_taken", { field: "id", value: id });
  if (existing) return kept(transaction, id, 200);
  await keepRosterLine(transaction, { ...line, id, version: 1, contentHash }, { at: now, person: person.name, operation: "create" });
  await changed(transaction, [line.areaCode], now);
  return kept(transaction, id, 201);
}

async function replace(transaction: Transaction, id: string, sent: Sent, ifMatch: string | undefined, person: Person, now: Date) {
  const existing = await existingLine(transaction, id, person);
  refuseStaleMatch(ifMatch, existing.version);
  const line = readLine({ ...sent, id });
  await refuseUnknownArea(transaction, person, line.areaCode);
  await keepRosterLine(
    transaction,
    { ...line, id, version: existing.version + 1, contentHash: rosterHash(line) },
    { at: now, person: person.name, operation: "replace" },
  );
  await changed(transaction, [existing.areaCode, line.areaCode], now);
  return kept(transaction, id, 200);
}

export function rosterRoutes({ database, scheduler }: Parts): Route[] {
  const type = "application/json; charset=utf-8";
  const oneLine = { types: { "application/json": LineAnswer }, headers: ["ETag"] } as const;
  const changeAnswers = {
    ...problemAnswers,
    412: { description: "Sudah berubah / stale" },
    422: { description: "Tidak dapat diterima / cannot be taken" },
    428: { description: "If-Match" },
  };
  const list = async ({ person, query, url }: Asked<z.infer<typeof ListQuery>>) => {
    const [areaCode, id] = query.cursor?.split("~") ?? [];
    if (query.cursor !== undefined && (!areaCode || readId(id) !== id)) throw problem("invalid_cursor");
    const page = await listRoster(
      database,
      { within: query.area ?? null, on: query.on ?? null, after: areaCode && id ? { areaCode, id } : null, limit: query.limit + 1 },
      person.areas,
    );
    const rows = page.rows.slice(0, query.limit);
    const last = rows.at(-1);
    const next = new URL(url);
    if (last) next.searchParams.set("cursor", `${last.areaCode}~${last.id}`);
    return {
      body: {
        numberMatched: page.numberMatched,
        numberReturned: rows.length,
        lines: rows.map(rosterLineOf),
        links: page.rows.length > rows.length ? [{ rel: "next", href: next.href }] : [],
      },
    };
  };
  return [
    route<z.infer<typeof ListQuery>>({
      method: "get",
      path: "/api/roster",
      summary: "Daftar pelapor / roster of who reports from where",
      tag: "cakupan",
      who,
      query: ListQuery as z.ZodType<z.infer<typeof ListQuery>>,
      answers: { 200: { description: "Baris / lines", types: { "application/json": ListAnswer } }, ...problemAnswers },
      handle: list,
    }),
    route<Record<string, never>, Sent>({
      method: "post",
      path: "/api/roster",
      summary: "Tambah baris daftar pelapor / add a line",
      tag: "cakupan",
      who,
      body: { ...body, schema: body.schema },
      answers: {
        201: { description: "Tersimpan / stored", types: { "application/json": LineAnswer }, headers: ["Location", "ETag"] },
        200: { description: "Sudah ada / already there", ...oneLine },
        ...problemAnswers,
        409: { description: "Nomor dipakai isi lain / id taken" },
        422: { description: "Tidak dapat diterima / cannot be taken" },
      },
      handle: async ({ person, body: sent, header, request }) => {
        const now = new Date();
        const line = readLine(sent);
        const answer = await database.transaction(
          (transaction) =>
            once(transaction, person.name, header("idempotency-key"), requestHash("POST", request.path, sent), now, () =>
              create(transaction, line, person, now),
            ),
          { durable: true },
        );
        scheduler.nudge();
        return { status: answer.status, type, headers: answer.headers, body: answer.body };
      },
    }),
    route({
      method: "get",
      path: "/api/roster/{line}",
      summary: "Satu baris / one line",
      tag: "cakupan",
      who,
      answers: { 200: { description: "Baris / line", ...oneLine }, ...problemAnswers },
      handle: async ({ person, path }) => {
        const id = readId(path.line);
        const answer = await database.transaction(async (transaction) => {
          await existingLine(transaction, id, person);
          return kept(transaction, id, 200);
        });
        return { type, headers: { ETag: answer.headers.ETag ?? "" }, body: answer.body };
      },
    }),
    route<Record<string, never>, Sent>({
      method: "put",
      path: "/api/roster/{line}",
      summary: "Ganti baris / replace a line",
      tag: "cakupan",
      who,
      body,
      answers: { 200: { description: "Terganti / replaced", ...oneLine }, ...changeAnswers },
      handle: async ({ person, path, body: sent, header }) => {
        const answer = await database.transaction(
          (transaction) => replace(transaction, readId(path.line), sent, header("if-match"), person, new Date()),
          { durable: true },
        );
        scheduler.nudge();
        return { type, headers: answer.headers, body: answer.body };
      },
    }),
    route({
      method: "delete",
      path: "/api/roster/{line}",
      summary: "Hapus baris / remove a line",
      tag: "cakupan",
      who,
      answers: { 204: { description: "Terhapus / removed" }, ...changeAnswers },
      handle: async ({ person, path, header }) => {
        const now = new Date();
        await database.transaction(
          async (transaction) => {
            const existing = await existingLine(transaction, readId(path.line), person);
            refuseStaleMatch(header("if-match"), existing.version);
            await removeRosterLine(transaction, existing.id, { at: now, person: person.name });
            await changed(transaction, [existing.areaCode], now);
          },
          { durable: true },
        );
        scheduler.nudge();
        return { status: 204 };
      },
    }),
  ];
}
