import { z } from "zod";
import { planners } from "../access/audience.ts";
import { maySee } from "../access/people.ts";
import { tellRead } from "../access/trail.ts";
import { Alert, alertStates } from "../contract/alert.ts";
import type { Filter } from "../contract/filterTree.ts";
import { isStorable } from "../contract/sentProperties.ts";
import type { Transaction } from "../database/database.ts";
import { type Person, type Role, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { alertRows, answerAlert, type LockedAlert, lockAlert, ownAlert } from "../queries/alerts.ts";
import { type Row, readItem, readPage } from "../queries/items.ts";
import { readCursor } from "./itemCursor.ts";
import { jsonLimit, type Parts, problemAnswers } from "./parts.ts";
import { refuseStaleMatch } from "./precondition.ts";
import { readId } from "./readId.ts";

const team: readonly Role[] = ["analyst", "leader", "verifier", "admin"];
const Query = z.strictObject({
  state: z
    .enum([...alertStates, "active", "all"])
    .default("active")
    .describe("active: open and owned"),
  kind: z.string().max(100).optional(),
  area: z.string().max(20).optional().describe("A code, covering all inside it."),
  mine: z.enum(["true", "false"]).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(2000).optional(),
});
const Own = z.strictObject({ takeOver: z.boolean().optional() });
const Answered = z.strictObject({ answer: z.string().trim().min(1).max(5000).refine(isStorable) });
const List = z.object({ alerts: z.array(Alert), numberMatched: z.number(), numberReturned: z.number(), next: z.string().nullable() });
const changed = {
  200: { description: "Peringatan / alert", types: { "application/json": Alert }, headers: ["ETag"] },
  ...problemAnswers,
  409: { description: "Sudah diambil atau selesai / owned or over" },
  412: { description: "Sudah berubah / stale" },
  428: { description: "If-Match" },
};

const newestFirst = { property: "raised_at", isDescending: true };

const alertOf = ({ key, geojson: _geojson, sorted: _sorted, ...row }: Row): Record<string, unknown> => ({ id: key, ...row });
const equal = (name: string, value: string): Filter => ({
  kind: "compare",
  operator: "=",
  left: { kind: "property", name },
  right: { kind: "literal", value },
});
/** What tells of visits is the leaders'. */
const audienceFilter = (person: Person): Filter[] => (planners.includes(person.role) ? [] : [equal("audience", "team")]);
const mayRead = (person: Person, { areaCode, audience }: LockedAlert): boolean =>
  maySee(person, areaCode) && (audience === "team" || planners.includes(person.role));

export function alertRoutes({ database, config }: Parts): Route[] {
  const seen = async (item: string | undefined, person: Person, asks: Pick<Transaction, "query"> = database): Promise<Row> => {
    const id = readId(item);
    const row = await readItem(
      asks,
      { ...alertRows, always: planners.includes(person.role) ? "true" : "a.audience = 'team'" },
      id,
      person.areas,
    );
    if (!row) throw problem("not_found", { value: `alerts ${id}` });
    return row;
  };
  /** Does something with one alert that is not over yet. */
  const change = async (
    item: string | undefined,
    person: Person,
    ifMatch: string | undefined,
    work: (transaction: Transaction, alert: LockedAlert, at: Date) => Promise<void>,
  ) => {
    const id = readId(item);
    const row = await database.transaction(
      async (transaction) => {
        const alert = await lockAlert(transaction, id);
        if (!alert || !mayRead(person, alert)) throw problem("not_found", { value: `alerts ${id}` });
        if (ifMatch !== undefined) refuseStaleMatch(ifMatch, alert.version);
        if (alert.state === "answered" || alert.state === "settled") throw problem("alert_closed", { value: id });
        await work(transaction, alert, new Date());
        return seen(id, person, transaction);
      },
      { durable: true },
    );
    return { headers: { ETag: `"${row.version}"` }, body: alertOf(row) };
  };

  return [
    route<z.infer<typeof Query>>({
      method: "get",
      path: "/api/alerts",
      summary: "Peringatan / alerts",
      tag: "peringatan",
      who: team,
      query: Query as z.ZodType<z.infer<typeof Query>>,
      answers: { 200: { description: "Daftar / list", types: { "application/json": List } }, ...problemAnswers },
      handle: async ({ query, person }) => {
        if (query.area !== undefined && !maySee(person, query.area)) throw problem("unknown_area", { field: "area", value: query.area });
        const states = query.state === "active" ? ["open", "owned"] : query.state === "all" ? [...alertStates] : [query.state];
        const filters: Filter[] = [
          ...audienceFilter(person),
          { kind: "in", value: { kind: "property", name: "state" }, values: states.map((value) => ({ kind: "literal", value })) },
          ...(query.kind ? [equal("kind", query.kind)] : []),
          ...(query.mine === "true" ? [equal("owner", person.name)] : []),
        ];
        const page = await readPage(database, alertRows, {
          limit: query.limit,
          bbox: null,
          interval: null,
          filters,
          sortBy: newestFirst,
          after: readCursor(query.cursor, alertRows, newestFirst),
          scope: query.area ? [query.area] : person.areas,
          timeZone: config.timeZone,
          asOf: null,
        });
        tellRead(
          "alerts",
          page.rows.map(({ key }) => key),
        );
        return {
          body: {
            alerts: page.rows.map(alertOf),
            numberMatched: page.numberMatched,
            numberReturned: page.rows.length,
            next: page.next ? Buffer.from(JSON.stringify(page.next)).toString("base64url") : null,
          },
        };
      },
    }),
    route({
      method: "get",
      path: "/api/alerts/{alert}",
      summary: "Satu peringatan / one alert",
      tag: "peringatan",
      who: team,
      answers: { 200: { description: "Peringatan / alert", types: { "application/json": Alert }, headers: ["ETag"] }, ...problemAnswers },
      handle: async ({ path: { alert }, person }) => {
        const row = await seen(alert, person);
        return { headers: { ETag: `"${row.version}"` }, body: alertOf(row) };
      },
    }),
    route<Record<string, never>, z.infer<typeof Own> | undefined>({
      method: "put",
      path: "/api/alerts/{alert}/owner",
      summary: "Ambil peringatan / own an alert",
      tag: "peringatan",
      who: team,
      body: { kind: "json", types: ["application/json"], limit: jsonLimit, schema: Own, isOptional: true },
      answers: changed,
      handle: ({ path: { alert: item }, person, body, header }) =>
        change(item, person, header("if-match"), async (transaction, alert, at) => {
          if (alert.owner === person.name) return;
          if (alert.owner !== null && body?.takeOver !== true) throw problem("alert_owned", { value: alert.id, owner: alert.owner });
          await ownAlert(transaction, alert.id, person.name, at);
        }),
    }),
    route({
      method: "delete",
      path: "/api/alerts/{alert}/owner",
      summary: "Lepas peringatan / give an alert back",
      tag: "peringatan",
      who: team,
      answers: changed,
      handle: ({ path: { alert: item }, person, header }) =>
        change(item, person, header("if-match"), async (transaction, alert, at) => {
          if (alert.owner === null) return;
          if (alert.owner !== person.name && person.role !== "admin") throw problem("alert_owned", { value: alert.id, owner: alert.owner });
          await ownAlert(transaction, alert.id, null, at);
        }),
    }),
    route<Record<string, never>, z.infer<typeof Answered>>({
      method: "post",
      path: "/api/alerts/{alert}/answer",
      summary: "Jawab peringatan / answer an alert",
      tag: "peringatan",
      who: team,
      body: { kind: "json", types: ["application/json"], limit: jsonLimit, schema: Answered },
      answers: changed,
      handle: ({ path: { alert: item }, person, body, header }) =>
        change(item, person, header("if-match"), (transaction, alert, at) =>
          answerAlert(transaction, alert.id, body.answer, person.name, at),
        ),
    }),
  ];
}
