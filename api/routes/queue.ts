import { z } from "zod";
import type { ProblemCode } from "../contract/problems.ts";
import { type QueuedRow, QueuePage, queueKinds, queueStates, SettledRow, Settlement } from "../contract/queue.ts";
import type { Queryable } from "../database/database.ts";
import { type Person, type Role, type Route, route } from "../endpoint.ts";
import { type Language, languageOf, problem, problemText } from "../problem.ts";
import { namesOf } from "../queries/areaList.ts";
import { listQueued, lockQueued, type StoredQueuedRow, waitingTogether } from "../queries/queue.ts";
import { jsonLimit, type Parts, problemAnswers } from "./parts.ts";
import { readId } from "./readId.ts";
import { type QueueOutcome, settleQueued, undoQueued } from "./settleQueued.ts";

const who: readonly Role[] = ["analyst", "verifier", "admin"];
const code = z.string().regex(/^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/, "35.17");
const QueueQuery = z.strictObject({
  kind: z.enum(queueKinds).optional(),
  state: z.enum([...queueStates, "all"]).default("waiting"),
  within: code.optional(),
  import: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(300).optional(),
});
const Cursor = z.tuple([z.iso.datetime(), z.number().int(), z.uuid()]);
const mostKept = 50;

function readCursor(text: string | undefined): { queuedAt: string; row: number; id: string } | null {
  if (text === undefined) return null;
  let sent: unknown;
  try {
    sent = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    throw problem("invalid_cursor");
  }
  const parsed = Cursor.safeParse(sent);
  if (!parsed.success) throw problem("invalid_cursor");
  return { queuedAt: parsed.data[0], row: parsed.data[1], id: parsed.data[2] };
}

/** Rows as they travel, with the names of their candidates and the rows that they exclude. */
async function shown(database: Queryable, rows: readonly StoredQueuedRow[], language: Language): Promise<QueuedRow[]> {
  const { names, districts, regencies } = await namesOf(database, [...new Set(rows.flatMap((row) => row.areaCodes))]);
  const groups = [...new Set(rows.flatMap((row) => row.choiceGroup ?? []))];
  const together = groups.length === 0 ? [] : await waitingTogether(database, groups);
  return rows.map((row) => {
    const sum = row.candidates.reduce((mass, { probability }) => mass + probability, 0);
    return {
      id: row.id,
      kind: row.kind,
      import_id: row.importId,
      file_name: row.fileName,
      row: row.row,
      reason: row.reason,
      message: problemText(row.reason as ProblemCode, row.details, language),
      place: row.place,
      record: row.record,
      candidates: row.candidates.map(({ village_code, probability }) => ({
        village_code,
        name: names.get(village_code) ?? village_code,
        district_name: districts[village_code.slice(0, 8)] ?? null,
        regency_name: regencies[village_code.slice(0, 5)] ?? null,
        probability,
      })),
      none_probability: row.candidates.length === 0 ? null : Math.max(0, 1 - sum),
      excludes: together.filter((other) => other.choiceGroup === row.choiceGroup && other.id !== row.id).map((other) => other.id),
      can_keep: row.kind === "incidents" && row.candidates.length >= 2 && row.candidates.length <= mostKept,
      state: row.state,
      queued_by: row.queuedBy,
      queued_at: row.queuedAt,
      settled_by: row.settledBy,
      settled_at: row.settledAt,
      village_code: row.villageCode,
      drop_reason: row.dropReason,
      made:
        typeof row.outcome?.incident === "string"
          ? { incident: row.outcome.incident }
          : row.outcome?.values !== undefined && row.villageCode !== null
            ? { area: row.villageCode }
            : null,
      version: row.version,
    };
  });
}

export function queueRoutes({ database, announcer, scheduler, config }: Parts): Route[] {
  const change = async (
    item: string | undefined,
    person: Person,
    language: Language,
    work: (transaction: Parameters<typeof settleQueued>[0], id: string, frame: { now: Date; timeZone: string }) => Promise<QueueOutcome>,
  ) => {
    const id = readId(item);
    const frame = { now: new Date(), timeZone: config.timeZone };
    const { outcome, row } = await database.transaction(
      async (transaction) => {
        const done = await work(transaction, id, frame);
        const stored = await lockQueued(transaction, id, person);
        if (!stored) throw problem("not_found", { value: `queue ${id}` });
        return { outcome: done, row: (await shown(transaction, [stored], language))[0] };
      },
      { durable: true },
    );
    if (outcome.incident || outcome.areValuesChanged) scheduler.nudge();
    if (outcome.incident) {
      const { id: incident, villageCode } = outcome.incident;
      await announcer.announce({ event: "incident", area: villageCode, data: { id: incident, village_code: villageCode } });
    }
    return { body: { row, others: outcome.others } };
  };
  const answers = {
    200: { description: "Baris sekarang / the row as it is now", types: { "application/json": SettledRow } },
    ...problemAnswers,
    409: { description: "Sudah diputuskan atau berubah / settled or changed meanwhile" },
    422: { description: "Tidak dapat diterima / cannot be taken" },
  };

  return [
    route<z.output<typeof QueueQuery>>({
      method: "get",
      path: "/api/queue",
      summary: "Baris impor yang menunggu keputusan / rows of imports that wait for a person",
      tag: "muat",
      who,
      query: QueueQuery as z.ZodType<z.output<typeof QueueQuery>>,
      answers: { 200: { description: "Antrean / queue", types: { "application/json": QueuePage } }, ...problemAnswers },
      handle: async ({ query, person, url, header }) => {
        const { rows, numberMatched } = await listQueued(
          database,
          person,
          {
            kind: query.kind ?? null,
            state: query.state === "all" ? null : query.state,
            within: query.within ?? null,
            importId: query.import ?? null,
          },
          { limit: query.limit, after: readCursor(query.cursor) },
        );
        const last = rows.length === query.limit ? rows.at(-1) : undefined;
        const next = new URL(url);
        if (last) next.searchParams.set("cursor", Buffer.from(JSON.stringify([last.queuedAt, last.row, last.id])).toString("base64url"));
        return {
          body: {
            queue: await shown(database, rows, languageOf(header("accept-language"))),
            numberMatched,
            numberReturned: rows.length,
            links: last ? [{ rel: "next", href: next.href }] : [],
          },
        };
      },
    }),
    route<Record<string, never>, Settlement>({
      method: "post",
      path: "/api/queue/{id}/settle",
      summary: "Putuskan satu baris antrean / settle a queued row",
      tag: "muat",
      who,
      body: { kind: "json", types: ["application/json"], limit: jsonLimit, schema: Settlement },
      answers,
      handle: ({ path, person, body, header }) =>
        change(path.id, person, languageOf(header("accept-language")), (transaction, id, frame) =>
          settleQueued(transaction, id, body, person, frame),
        ),
    }),
    route({
      method: "post",
      path: "/api/queue/{id}/undo",
      summary: "Batalkan keputusan / undo a settlement",
      tag: "muat",
      who,
      answers,
      handle: ({ path, person, header }) =>
        change(path.id, person, languageOf(header("accept-language")), (transaction, id, frame) =>
          undoQueued(transaction, id, person, frame),
        ),
    }),
  ];
}
