import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import { once, requestHash } from "../access/idempotency.ts";
import { maySee } from "../access/people.ts";
import { type CheckedReport, checkReport } from "../contract/report.ts";
import type { Transaction } from "../database/database.ts";
import { filingRoles, type Person, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { collections } from "../queries/collections.ts";
import { findVillage } from "../queries/incidents.ts";
import { readItem } from "../queries/items.ts";
import { insertReport, reportHash } from "../queries/reports.ts";
import { bumpDataVersion } from "../queries/settings.ts";
import { featureOf } from "./features.ts";
import { refuseUnfitStatus } from "./keepIncident.ts";
import { jsonLimit, type Parts, problemAnswers } from "./parts.ts";

const Feature = z.strictObject({
  type: z.literal("Feature"),
  id: z.string().optional(),
  geometry: z.null().optional(),
  properties: z.record(z.string(), z.unknown()),
});

async function keep(
  transaction: Transaction,
  report: CheckedReport,
  person: Person,
  frame: { now: Date; timeZone: string },
): Promise<{ status: number; headers: Record<string, string>; body: string }> {
  const p = report.properties;
  const id = p.id?.toLowerCase() ?? randomUUID();
  const village = await findVillage(transaction, p.village_code, null);
  if (!village || !maySee(person, village.code)) throw problem("unknown_village", { field: "village_code", value: p.village_code });
  for (const incident of p.incident_ids) {
    if (!(await readItem(transaction, collections.incidents, incident, person.areas)))
      throw problem("not_found", { field: "incident_ids", value: `incidents ${incident}` });
  }
  const contentHash = createHash("sha256")
    .update(JSON.stringify({ ...p, id: undefined }))
    .digest("hex");
  await transaction.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`report ${id}`]);
  const existing = await reportHash(transaction, id);
  if (existing !== null && existing !== contentHash) throw problem("id_taken", { field: "id", value: id });
  if (existing === null) {
    await insertReport(
      transaction,
      {
        id,
        villageCode: p.village_code,
        obtainedAt: report.obtainedAt.toISOString(),
        obtainedPrecision: report.obtainedPrecision,
        channel: p.channel ?? null,
        sourceValue: p.source_value,
        contentValue: p.content_value,
        facts: p.facts ?? null,
        analysis: p.analysis ?? null,
        prediction: p.prediction ?? null,
        actionTaken: p.action_taken ?? null,
        recommendation: p.recommendation ?? null,
        status: p.status,
        nil: p.nil,
        periodFrom: p.period_from ?? null,
        periodTo: p.period_to ?? null,
        contentHash,
      },
      p.incident_ids,
      frame.now,
      person.name,
    );
    await bumpDataVersion(transaction);
  }
  const row = await readItem(transaction, collections.reports, id, null);
  if (!row) throw problem("not_found", { value: `reports ${id}` });
  return {
    status: existing === null ? 201 : 200,
    headers: { ETag: `"${row.version}"`, Location: `/api/collections/reports/items/${id}` },
    body: featureOf("reports", row, frame.timeZone).text,
  };
}

export function reportRoutes({ database, config }: Parts): Route[] {
  return [
    route<Record<string, never>, z.infer<typeof Feature>>({
      method: "post",
      path: "/api/collections/reports/items",
      summary: "Laporan nihil atau laporan tambahan / a nil report or a further report",
      tag: "kejadian",
      who: filingRoles,
      body: { kind: "json", types: ["application/geo+json", "application/json"], limit: jsonLimit, schema: Feature },
      answers: {
        201: { description: "Tersimpan / stored", types: { "application/geo+json": null }, headers: ["Location", "ETag"] },
        200: { description: "Sudah ada / already there", types: { "application/geo+json": null } },
        ...problemAnswers,
        409: { description: "Nomor dipakai isi lain / id taken" },
        422: { description: "Tidak dapat diterima / cannot be taken" },
      },
      handle: async ({ person, body, header, request }) => {
        const frame = { now: new Date(), timeZone: config.timeZone };
        const checked = checkReport(body.id === undefined ? body.properties : { ...body.properties, id: body.id }, frame);
        if ("faults" in checked) {
          const { code, ...details } = checked.faults[0] ?? { code: "not_a_feature" as const };
          throw problem(code, { ...details, errors: checked.faults });
        }
        refuseUnfitStatus(person, checked.report.properties.status);
        const answer = await database.transaction(
          (transaction) =>
            once(transaction, person.name, header("idempotency-key"), requestHash("POST", request.path, body), frame.now, () =>
              keep(transaction, checked.report, person, frame),
            ),
          { durable: true },
        );
        return { status: answer.status, type: "application/geo+json", headers: answer.headers, body: answer.body };
      },
    }),
  ];
}
