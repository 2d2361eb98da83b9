import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import { maySee } from "../access/people.ts";
import { filingRoles, type Person, type Route, route } from "../endpoint.ts";
import { acceptedAttachments, attachmentType } from "../formats/attachmentType.ts";
import { tellsPlace } from "../formats/photoPlace.ts";
import { problem } from "../problem.ts";
import {
  type Attachment,
  findAttachment,
  insertAttachment,
  listAttachments,
  readContent,
  withdrawAttachment,
} from "../queries/attachments.ts";
import { advanceReports } from "../queries/reportHistory.ts";
import { readReportState } from "../queries/reports.ts";
import { bumpDataVersion } from "../queries/settings.ts";
import { lockOwnReport } from "./keepReport.ts";
import { type Parts, problemAnswers } from "./parts.ts";
import { readId } from "./readId.ts";
import { receiveAttachment } from "./receiveAttachment.ts";

const mostAttachments = 50;
const path = "/api/collections/reports/items/{item}/attachments";
const Entry = z.object({
  id: z.string(),
  name: z.string(),
  media_type: z.string(),
  size_bytes: z.number(),
  sha256: z.string(),
  added_at: z.string(),
  added_by: z.string(),
  href: z.string(),
});
const answers = { ...problemAnswers, 410: { description: "Sudah ditarik / withdrawn" } };

const entryOf = (attachment: Attachment): z.output<typeof Entry> => ({
  id: attachment.id,
  name: attachment.name,
  media_type: attachment.mediaType,
  size_bytes: attachment.sizeBytes,
  sha256: attachment.sha256,
  added_at: attachment.addedAt,
  added_by: attachment.addedBy,
  href: `${path.replace("{item}", attachment.reportId)}/${attachment.id}`,
});

export function attachmentRoutes({ database }: Parts): Route[] {
  /** The report whose files a person may read: those who only file reports read those of their own. */
  const seen = async (item: string | undefined, person: Person): Promise<string> => {
    const id = readId(item);
    const report = await readReportState(database, id);
    const isOwn = report?.recordedBy === person.name || (person.role !== "reporter" && person.role !== "partner");
    if (!report || !isOwn || !maySee(person, report.villageCode)) throw problem("not_found", { value: `reports ${id}` });
    if (report.withdrawnAt !== null) throw problem("gone", { value: `reports ${id}` });
    return id;
  };
  return [
    route({
      method: "post",
      path,
      summary: "Lampirkan berkas pada laporan / attach a file to a report",
      tag: "kejadian",
      who: filingRoles,
      body: { kind: "stream", types: ["multipart/form-data"] },
      answers: {
        201: { description: "Tersimpan / stored", types: { "application/json": Entry }, headers: ["Location"] },
        200: { description: "Sudah ada / already there", types: { "application/json": Entry } },
        ...answers,
        409: { description: "Terlalu banyak lampiran / too many attachments" },
        413: { description: "Terlalu besar / too large" },
        415: { description: "Jenis isi / content" },
        422: { description: "Tidak dapat diterima / cannot be taken" },
      },
      handle: async ({ path: { item }, person, request }) => {
        const reportId = await seen(item, person);
        const { name, bytes } = await receiveAttachment(request);
        const { mediaType, isAccepted } = await attachmentType(bytes);
        if (!isAccepted) throw problem("attachment_type", { field: "file", name, value: mediaType, expected: acceptedAttachments });
        // A file that may be evidence is kept as it is or not at all.
        if (mediaType.startsWith("image/") && tellsPlace(bytes)) throw problem("attachment_place", { field: "file", name });
        const sha256 = createHash("sha256").update(bytes).digest("hex");
        const at = new Date();
        const { attachment, isNew } = await database.transaction(
          async (transaction) => {
            await lockOwnReport(transaction, reportId, person);
            const listed = await listAttachments(transaction, reportId);
            const same = listed.find((known) => known.sha256 === sha256);
            if (same) return { attachment: same, isNew: false };
            if (listed.length >= mostAttachments) throw problem("too_many_attachments", { value: mostAttachments });
            const fresh = { id: randomUUID(), reportId, sha256, name, mediaType, sizeBytes: bytes.length, addedBy: person.name };
            await insertAttachment(transaction, { ...fresh, addedAt: at }, bytes);
            await advanceReports(transaction, [reportId], { operation: "attachment", at, person: person.name });
            await bumpDataVersion(transaction);
            return { attachment: { ...fresh, addedAt: at.toISOString(), withdrawnAt: null }, isNew: true };
          },
          { durable: true },
        );
        const entry = entryOf(attachment);
        return { status: isNew ? 201 : 200, headers: { Location: entry.href }, body: entry };
      },
    }),
    route({
      method: "get",
      path,
      summary: "Lampiran sebuah laporan / the files of a report",
      tag: "kejadian",
      who: filingRoles,
      answers: {
        200: { description: "Daftar / list", types: { "application/json": z.object({ attachments: z.array(Entry), most: z.number() }) } },
        ...answers,
      },
      handle: async ({ path: { item }, person }) => {
        const attachments = await listAttachments(database, await seen(item, person));
        return { body: { attachments: attachments.map(entryOf), most: mostAttachments } };
      },
    }),
    route({
      method: "get",
      path: `${path}/{attachment}`,
      summary: "Unduh lampiran / download a file",
      tag: "kejadian",
      who: filingRoles,
      answers: {
        200: {
          description: "Isi berkas / the file",
          types: { "*/*": null },
          headers: ["ETag", "Content-Disposition", "Repr-Digest"],
        },
        ...answers,
      },
      handle: async ({ path: { item, attachment: key }, person }) => {
        const found = await findAttachment(database, await seen(item, person), readId(key));
        if (!found) throw problem("not_found", { value: `attachments ${key}` });
        if (found.withdrawnAt !== null) throw problem("gone", { value: `attachments ${found.id}` });
        return {
          type: found.mediaType,
          headers: {
            ETag: `"${found.sha256}"`,
            "Repr-Digest": `sha-256=:${Buffer.from(found.sha256, "hex").toString("base64")}:`,
            "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(found.name)}`,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-cache",
          },
          body: await readContent(database, found),
        };
      },
    }),
    route({
      method: "delete",
      path: `${path}/{attachment}`,
      summary: "Tarik lampiran / withdraw a file",
      tag: "kejadian",
      who: filingRoles,
      answers: { 204: { description: "Ditarik / withdrawn" }, ...answers },
      handle: async ({ path: { item, attachment: key }, person }) => {
        const at = new Date();
        await database.transaction(
          async (transaction) => {
            const report = await lockOwnReport(transaction, readId(item), person);
            const found = await findAttachment(transaction, report.id, readId(key));
            if (!found) throw problem("not_found", { value: `attachments ${key}` });
            if (found.withdrawnAt !== null) throw problem("gone", { value: `attachments ${found.id}` });
            await withdrawAttachment(transaction, found.id, { at, person: person.name });
            await advanceReports(transaction, [report.id], { operation: "attachment", at, person: person.name });
            await bumpDataVersion(transaction);
          },
          { durable: true },
        );
        return { status: 204 };
      },
    }),
  ];
}
