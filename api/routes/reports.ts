import { z } from "zod";
import { once, requestHash } from "../access/idempotency.ts";
import { ReporterIdentity } from "../contract/reporterIdentity.ts";
import { filingRoles, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { changeReport, createReport, type KeptReport, readReport, removeReport } from "./keepReport.ts";
import { jsonLimit, type Parts, problemAnswers } from "./parts.ts";
import { readId } from "./readId.ts";
import { refuseUnfitStatus } from "./verificationScope.ts";

const Feature = z.strictObject({
  type: z.literal("Feature"),
  id: z.string().optional(),
  geometry: z.null().optional(),
  properties: z.record(z.string(), z.unknown()),
  links: z.unknown().optional(),
  reporter: ReporterIdentity.optional().describe("goes into the vault of identities and is never answered with"),
});
type Sent = z.infer<typeof Feature>;
const body = { kind: "json", types: ["application/geo+json", "application/json"], limit: jsonLimit, schema: Feature } as const;
const answers = {
  ...problemAnswers,
  409: { description: "Nomor dipakai isi lain / id taken" },
  422: { description: "Tidak dapat diterima / cannot be taken" },
};
const conditional = {
  410: { description: "Sudah ditarik / withdrawn" },
  412: { description: "Sudah berubah / stale" },
  428: { description: "If-Match" },
};

export function reportRoutes({ database, config, vault }: Parts): Route[] {
  const frame = () => ({ now: new Date(), timeZone: config.timeZone });
  const headersOf = (kept: KeptReport): Record<string, string> => ({
    ETag: `"${kept.version}"`,
    Location: `/api/collections/reports/items/${kept.id}`,
  });
  return [
    route<Record<string, never>, Sent>({
      method: "post",
      path: "/api/collections/reports/items",
      summary: "Laporan nihil atau laporan tambahan / a nil report or a further report",
      tag: "kejadian",
      who: filingRoles,
      body,
      answers: {
        201: { description: "Tersimpan / stored", types: { "application/geo+json": null }, headers: ["Location", "ETag"] },
        200: { description: "Sudah ada / already there", types: { "application/geo+json": null } },
        ...answers,
      },
      handle: async ({ person, body: sent, header, request }) => {
        const at = frame();
        const report = readReport(sent, at);
        refuseUnfitStatus(person, report.properties.status, report.properties.village_code);
        const { reporter, ...told } = sent;
        if (reporter) {
          if (person.isDemo) throw problem("not_in_demo");
          await vault.prepare();
        }
        const answer = await database.transaction(
          (transaction) =>
            once(transaction, person.name, header("idempotency-key"), requestHash("POST", request.path, told), at.now, async () => {
              const kept = await createReport(transaction, report, person, at);
              if (reporter && kept.isNew) await vault.file(transaction, kept.id, reporter, person, at.now);
              return { status: kept.isNew ? 201 : 200, headers: headersOf(kept), body: kept.text };
            }),
          { durable: true },
        );
        return { status: answer.status, type: "application/geo+json", headers: answer.headers, body: answer.body };
      },
    }),
    route<Record<string, never>, Sent>({
      method: "put",
      path: "/api/collections/reports/items/{item}",
      summary: "Ganti laporan / replace a report",
      tag: "kejadian",
      who: filingRoles,
      body,
      answers: {
        200: { description: "Terganti / replaced", types: { "application/geo+json": null }, headers: ["ETag"] },
        ...answers,
        ...conditional,
      },
      handle: async ({ path, person, body: sent, header }) => {
        const kept = await database.transaction(
          (transaction) => changeReport(transaction, readId(path.item), sent, header("if-match"), person, frame()),
          { durable: true },
        );
        return { type: "application/geo+json", headers: headersOf(kept), body: kept.text };
      },
    }),
    route({
      method: "delete",
      path: "/api/collections/reports/items/{item}",
      summary: "Tarik laporan / withdraw a report",
      tag: "kejadian",
      who: ["verifier", "admin"],
      answers: { 204: { description: "Ditarik / withdrawn" }, ...answers, ...conditional },
      handle: async ({ path, person, header }) => {
        await database.transaction((transaction) => removeReport(transaction, readId(path.item), header("if-match"), person, frame()), {
          durable: true,
        });
        return { status: 204 };
      },
    }),
  ];
}
