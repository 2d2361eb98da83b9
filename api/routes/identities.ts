import { z } from "zod";
import { auditObject, noteInAudit } from "../access/audit.ts";
import { maySee } from "../access/people.ts";
import { isSought, Reason, ReporterIdentity } from "../contract/reporterIdentity.ts";
import { actAs } from "../database/actor.ts";
import type { Transaction } from "../database/database.ts";
import { filingRoles, type Person, type Role, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { identitiesAfter, identityOf, isOpener, openingsOf, type SealedIdentity } from "../queries/identities.ts";
import { readReportState } from "../queries/reports.ts";
import { refuseUnlessNational } from "./audit.ts";
import { lockOwnReport } from "./keepReport.ts";
import { type Parts, problemAnswers } from "./parts.ts";
import { readId } from "./readId.ts";

const readers: readonly Role[] = ["analyst", "leader", "verifier", "admin"];
const path = "/api/reports/{item}/identity";
const mostOpenings = 100;
const mostFound = 1000;
const rowsAtOnce = 500;
const json = (schema: z.ZodType) => ({ kind: "json", types: ["application/json"], limit: 10_000, schema }) as const;
const OpenRequest = z.strictObject({ reason: Reason });
const Sought = z
  .strictObject({
    reason: Reason,
    name: z.string().trim().min(3).max(200).optional(),
    phone: z.string().trim().min(6).max(50).optional(),
    email: z.string().trim().min(5).max(200).optional(),
  })
  .refine(({ name, phone, email }) => name ?? phone ?? email, "name, phone, email: paling sedikit satu / at least one");
const Standing = z.object({
  isFiled: z.boolean(),
  filedAt: z.string().nullable(),
  filedBy: z.string().nullable(),
  erasedAt: z.string().nullable(),
  mayOpen: z.boolean(),
  openings: z.array(z.object({ id: z.string(), at: z.string(), by: z.string() })),
});
const answers = {
  ...problemAnswers,
  410: { description: "Sudah dimusnahkan / erased" },
  503: { description: "Kunci tidak ada / the key is missing" },
};
const unkept = { "Cache-Control": "no-store" };

export function identityRoutes({ database, vault }: Parts): Route[] {
  const shared = { tag: "identitas", isClosedToDemo: true } as const;
  const seen = async (item: string | undefined, person: Person): Promise<string> => {
    const id = readId(item);
    const report = await readReportState(database, id);
    if (!report || !maySee(person, report.villageCode)) throw problem("not_found", { value: `reports ${id}` });
    return id;
  };
  const asAuditor = <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> =>
    actAs("auditor", () => database.transaction(work, { durable: true }));
  const refuseUnlessOpener = async (person: Person, object: string): Promise<void> => {
    if (await actAs("auditor", () => isOpener(database, person.name))) return;
    await asAuditor((transaction) => noteInAudit(transaction, { who: person, what: "identity.refuse", object }));
    throw problem("identity_openers_only", { value: person.name });
  };
  const standing = async (transaction: Transaction, report: string): Promise<SealedIdentity> => {
    const found = await identityOf(transaction, report);
    if (!found) throw problem("not_found", { value: `reports ${report} identity` });
    if (found.erasedAt !== null) throw problem("identity_erased", { value: `reports/${report}` });
    return found;
  };
  return [
    route({
      ...shared,
      method: "get",
      path,
      summary: "Ada tidaknya identitas pelapor dan siapa membukanya / whether there is an identity and who opened it",
      who: readers,
      answers: { 200: { description: "Keadaan / standing", types: { "application/json": Standing } }, ...answers },
      handle: async ({ path: { item }, person }) => {
        const id = await seen(item, person);
        const found = await actAs("auditor", () => identityOf(database, id));
        const openings = found ? await actAs("auditor", () => openingsOf(database, found.id, mostOpenings)) : [];
        const body = {
          isFiled: found !== null && found.erasedAt === null,
          filedAt: found?.filedAt ?? null,
          filedBy: found?.filedBy ?? null,
          erasedAt: found?.erasedAt ?? null,
          mayOpen: await actAs("auditor", () => isOpener(database, person.name)),
          openings: openings.map(({ id: opening, openedAt, openedBy }) => ({ id: opening, at: openedAt, by: openedBy })),
        };
        return { headers: unkept, body };
      },
    }),
    route<Record<string, never>, ReporterIdentity>({
      ...shared,
      method: "put",
      path,
      summary: "Simpan identitas pelapor dalam brankas / put the reporter's identity into the vault",
      who: filingRoles,
      body: json(ReporterIdentity),
      answers: { 204: { description: "Tersimpan / filed" }, ...answers, 409: { description: "Sudah ada / there already" } },
      handle: async ({ path: { item }, person, body }) => {
        await vault.prepare();
        await database.transaction(
          async (transaction) => {
            const report = await lockOwnReport(transaction, readId(item), person);
            await vault.file(transaction, report.id, body, person, new Date());
          },
          { durable: true },
        );
        return { status: 204 };
      },
    }),
    route<Record<string, never>, z.output<typeof OpenRequest>>({
      ...shared,
      method: "post",
      path,
      summary: "Buka identitas pelapor dengan alasan / open the reporter's identity, with a reason",
      who: readers,
      body: json(OpenRequest),
      answers: { 200: { description: "Identitas / identity", types: { "application/json": ReporterIdentity } }, ...answers },
      handle: async ({ path: { item }, person, body: { reason } }) => {
        const id = await seen(item, person);
        await refuseUnlessOpener(person, auditObject("reports", id));
        // Traced and on the disk before it leaves.
        const identity = await asAuditor(async (transaction) => {
          const found = await standing(transaction, id);
          const opened = vault.open(found);
          await vault.recordOpening(transaction, found, reason, person, new Date());
          return opened;
        });
        return { headers: unkept, body: identity };
      },
    }),
    route({
      ...shared,
      method: "delete",
      path,
      summary: "Musnahkan identitas pelapor untuk selamanya / erase the reporter's identity for good",
      who: readers,
      answers: { 204: { description: "Musnah / erased" }, ...answers },
      handle: async ({ path: { item }, person }) => {
        const id = await seen(item, person);
        if (person.role !== "admin" || person.areas !== null) await refuseUnlessOpener(person, auditObject("reports", id));
        await asAuditor(async (transaction) => vault.erase(transaction, [await standing(transaction, id)], person, new Date()));
        return { status: 204 };
      },
    }),
    route<Record<string, never>, z.output<typeof Sought>>({
      ...shared,
      method: "post",
      path: "/api/identities/search",
      summary: "Identitas siapa yang kita simpan: atas permintaan orangnya / which identities we hold: for a person who asks",
      who: readers,
      body: json(Sought),
      answers: {
        200: {
          description: "Laporan orang itu / that person's reports",
          types: {
            "application/json": z.object({
              searched: z.number(),
              isCut: z.boolean(),
              reports: z.array(z.object({ report: z.string(), filedAt: z.string(), filedBy: z.string() })),
            }),
          },
        },
        ...answers,
      },
      handle: async ({ person, body: { reason, ...sought } }) => {
        refuseUnlessNational(person);
        await refuseUnlessOpener(person, "identities");
        const found: SealedIdentity[] = [];
        let searched = 0;
        let after = "00000000-0000-0000-0000-000000000000";
        for (;;) {
          const rows = await actAs("auditor", () => identitiesAfter(database, after, rowsAtOnce));
          for (const row of rows) if (isSought(vault.open(row), sought)) found.push(row);
          searched += rows.length;
          after = rows.at(-1)?.id ?? after;
          if (rows.length < rowsAtOnce || found.length > mostFound) break;
        }
        const shown = found.slice(0, mostFound);
        await asAuditor((transaction) =>
          noteInAudit(transaction, {
            who: person,
            what: "identity.search",
            object: "identities",
            objects: shown.map(({ reportId }) => auditObject("reports", reportId)),
          }),
        );
        const reports = shown.map(({ reportId, filedAt, filedBy }) => ({ report: reportId, filedAt, filedBy }));
        return { headers: unkept, body: { searched, isCut: found.length > mostFound, reports } };
      },
    }),
  ];
}
