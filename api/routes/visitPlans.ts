import { randomUUID } from "node:crypto";
import { z } from "zod";
import { planners } from "../access/audience.ts";
import { once, requestHash } from "../access/idempotency.ts";
import { tellRead } from "../access/trail.ts";
import { isStorable } from "../contract/sentProperties.ts";
import type { Queryable, Transaction } from "../database/database.ts";
import { type Person, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { bumpDataVersion } from "../queries/settings.ts";
import {
  findVisitPlan,
  keepVisitPlan,
  listVisitPlans,
  lockVisitPlan,
  type VisitPlan,
  visitsOfPlan,
  withdrawVisitPlan,
} from "../queries/visitPlans.ts";
import { assignVisits, cancelVisits, readAssignable, teamsOfPlan, type VisitChange } from "./assignVisitPlan.ts";
import { tellHiddenId } from "./keepVisitWork.ts";
import { jsonLimit, type Parts, problemAnswers } from "./parts.ts";
import { refuseStaleMatch } from "./precondition.ts";
import { readId } from "./readId.ts";

const run = z.string().min(1).max(100).refine(isStorable).describe("The id of a kept run of visit-plan.");
const title = z.string().trim().min(1).max(200).refine(isStorable);
const teams = z.record(z.string().max(100), z.uuid()).describe("Kept teams by the names in the plan; by name where not told.");
const NewPlan = z.strictObject({ id: z.uuid().optional(), run, title: title.optional(), teams: teams.optional() });
const PlanPatch = z.strictObject({ run: run.optional(), title: title.optional(), teams: teams.optional() });
const Visit = z.object({
  id: z.string(),
  village_code: z.string(),
  village_name: z.string().nullable(),
  team_id: z.string().nullable(),
  team: z.string().nullable(),
  day: z.string(),
  position: z.number().nullable(),
  starts_at: z.string().nullable(),
  ends_at: z.string().nullable(),
  status: z.string(),
  locked: z.boolean(),
  change: z.enum(["created", "moved", "unchanged", "cancelled", "kept"]).nullable(),
});
const PlanHead = z.object({
  id: z.string(),
  version: z.number(),
  run: z.string(),
  title: z.string(),
  area_code: z.string().nullable(),
  starts_on: z.string(),
  ends_before: z.string(),
  assigned_at: z.string(),
  assigned_by: z.string(),
});
const Plan = PlanHead.extend({ visits: z.array(Visit) });
const types = { "application/json": Plan };
const answers = {
  ...problemAnswers,
  409: { description: "Nomor dipakai / id taken" },
  422: { description: "Tidak dapat ditugaskan / cannot be assigned" },
};
const changeAnswers = {
  ...answers,
  410: { description: "Ditarik / withdrawn" },
  412: { description: "Sudah berubah / stale" },
  428: { description: "If-Match" },
};

const headOf = (plan: VisitPlan): z.infer<typeof PlanHead> => ({
  ...{ id: plan.id, version: plan.version, run: plan.run, title: plan.title, area_code: plan.areaCode },
  ...{ starts_on: plan.startsOn, ends_before: plan.endsBefore, assigned_at: plan.assignedAt, assigned_by: plan.assignedBy },
});

async function documentOf(database: Queryable, plan: VisitPlan, changes?: ReadonlyMap<string, VisitChange>) {
  const visits = await visitsOfPlan(database, plan.id);
  tellRead(
    "visits",
    visits.map(({ id }) => id),
  );
  const names = ["id", "village_code", "village_name", "team_id", "team", "day", "position", "starts_at", "ends_at", "status", "locked"];
  return {
    ...headOf(plan),
    visits: visits.map((visit) => ({
      ...Object.fromEntries(names.map((name) => [name, visit[name] ?? null])),
      change: changes?.get(visit.id) ?? null,
    })),
  };
}

/** Assigning plans of visits: a kept run becomes visits of teams and days. */
export function visitPlanRoutes({ database, alerts }: Parts): Route[] {
  const seen = async (asks: Queryable, item: string | undefined): Promise<VisitPlan> => {
    const plan = await findVisitPlan(asks, readId(item));
    if (!plan) throw problem("not_found", { value: `visit-plans ${item}` });
    if (plan.withdrawnAt !== null) throw problem("gone", { value: `visit-plans ${item}` });
    return plan;
  };
  const keepable = async (transaction: Transaction, item: string | undefined, ifMatch: string | undefined): Promise<VisitPlan> => {
    const plan = await lockVisitPlan(transaction, readId(item));
    if (!plan) throw problem("not_found", { value: `visit-plans ${item}` });
    if (plan.withdrawnAt !== null) throw problem("gone", { value: `visit-plans ${item}` });
    refuseStaleMatch(ifMatch, plan.version);
    return plan;
  };
  const assign = async (
    transaction: Transaction,
    asked: { id: string; version: number; run: string; title?: string | undefined; teams?: Record<string, string> | undefined },
    person: Person,
    at: Date,
  ) => {
    const assignable = await readAssignable(transaction, asked.run, person);
    const kept = await teamsOfPlan(transaction, assignable, asked.teams ?? {});
    const { areaCode, startsOn, endsBefore } = assignable;
    const contentHash = requestHash("POST", "visit-plans", [asked.run, asked.title ?? null, asked.teams ?? null]);
    await keepVisitPlan(
      transaction,
      { ...asked, title: asked.title ?? startsOn, areaCode, startsOn, endsBefore, assignedBy: person.name, contentHash },
      at,
    ).catch(tellHiddenId(asked.id));
    const changes = await assignVisits(transaction, asked.id, assignable, kept, { at, person: person.name });
    await alerts.raiseDue(transaction, at);
    await bumpDataVersion(transaction);
    const plan = await seen(transaction, asked.id);
    return {
      headers: { ETag: `"${plan.version}"`, Location: `/api/visit-plans/${plan.id}` },
      body: await documentOf(transaction, plan, changes),
    };
  };

  return [
    route<Record<string, never>, z.infer<typeof NewPlan>>({
      method: "post",
      path: "/api/visit-plans",
      summary: "Tugaskan rencana kunjungan / assign a plan of visits",
      tag: "kunjungan",
      who: planners,
      body: { kind: "json", types: ["application/json"], limit: jsonLimit, schema: NewPlan },
      answers: {
        201: { description: "Ditugaskan / assigned", types, headers: ["Location", "ETag"] },
        200: { description: "Sudah ada / already there", types },
        ...answers,
      },
      handle: async ({ body, person, header, request }) => {
        const at = new Date();
        const id = body.id?.toLowerCase() ?? randomUUID();
        const answer = await database.transaction(
          (transaction) =>
            once(transaction, person.name, header("idempotency-key"), requestHash("POST", request.path, body), at, async () => {
              const existing = await lockVisitPlan(transaction, id);
              const contentHash = requestHash("POST", "visit-plans", [body.run, body.title ?? null, body.teams ?? null]);
              if (existing && (existing.withdrawnAt !== null || existing.contentHash !== contentHash))
                throw problem("id_taken", { field: "id", value: id });
              if (existing)
                return {
                  status: 200,
                  headers: { ETag: `"${existing.version}"`, Location: `/api/visit-plans/${id}` },
                  body: JSON.stringify(await documentOf(transaction, existing)),
                };
              const made = await assign(transaction, { ...body, id, version: 1 }, person, at);
              return { status: 201, headers: made.headers, body: JSON.stringify(made.body) };
            }),
          { durable: true },
        );
        return { ...answer, type: "application/json" };
      },
    }),
    route<{ limit: number }>({
      method: "get",
      path: "/api/visit-plans",
      summary: "Rencana kunjungan yang ditugaskan / assigned plans",
      tag: "kunjungan",
      who: planners,
      query: z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(50) }) as z.ZodType<{ limit: number }>,
      answers: {
        200: {
          description: "Daftar / list",
          types: { "application/json": z.object({ plans: z.array(PlanHead), numberMatched: z.number() }) },
        },
        ...problemAnswers,
      },
      handle: async ({ query }) => {
        const { plans, numberMatched } = await listVisitPlans(database, query.limit);
        return { body: { plans: plans.map(headOf), numberMatched } };
      },
    }),
    route({
      method: "get",
      path: "/api/visit-plans/{plan}",
      summary: "Satu rencana kunjungan / one assigned plan",
      tag: "kunjungan",
      who: planners,
      answers: {
        200: { description: "Rencana / plan", types, headers: ["ETag"] },
        ...problemAnswers,
        410: { description: "Ditarik / withdrawn" },
      },
      handle: async ({ path }) => {
        const plan = await seen(database, path.plan);
        return { headers: { ETag: `"${plan.version}"` }, body: await documentOf(database, plan) };
      },
    }),
    route<Record<string, never>, z.infer<typeof PlanPatch>>({
      method: "patch",
      path: "/api/visit-plans/{plan}",
      summary: "Tugaskan ulang / assign anew",
      tag: "kunjungan",
      who: planners,
      body: { kind: "json", types: ["application/merge-patch+json", "application/json"], limit: jsonLimit, schema: PlanPatch },
      answers: { 200: { description: "Ditugaskan / assigned", types, headers: ["ETag"] }, ...changeAnswers },
      handle: async ({ path, body, person, header }) => {
        const at = new Date();
        return database.transaction(
          async (transaction) => {
            const { id, version, run, title } = await keepable(transaction, path.plan, header("if-match"));
            return assign(transaction, { run, title, ...body, id, version: version + 1 }, person, at);
          },
          { durable: true },
        );
      },
    }),
    route({
      method: "delete",
      path: "/api/visit-plans/{plan}",
      summary: "Batalkan rencana / cancel a plan",
      tag: "kunjungan",
      who: planners,
      answers: { 204: { description: "Dibatalkan / cancelled" }, ...changeAnswers },
      handle: async ({ path, person, header }) => {
        const at = new Date();
        await database.transaction(
          async (transaction) => {
            const { id } = await keepable(transaction, path.plan, header("if-match"));
            await cancelVisits(transaction, id, { at, person: person.name });
            await withdrawVisitPlan(transaction, id, at);
            await alerts.raiseDue(transaction, at);
            await bumpDataVersion(transaction);
          },
          { durable: true },
        );
        return { status: 204 };
      },
    }),
  ];
}
