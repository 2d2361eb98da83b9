import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import { planners } from "../access/audience.ts";
import { maySee } from "../access/people.ts";
import type { Transaction } from "../database/database.ts";
import { type Person, type Route, route } from "../endpoint.ts";
import { acceptedAttachments, attachmentType } from "../formats/attachmentType.ts";
import { problem } from "../problem.ts";
import { readContent } from "../queries/attachments.ts";
import { collections } from "../queries/collections.ts";
import { readItem } from "../queries/items.ts";
import {
  findVisitAttachment,
  insertVisitAttachment,
  listVisitAttachments,
  type VisitAttachment,
  withdrawVisitAttachment,
} from "../queries/visitAttachments.ts";
import { lockVisitWork } from "../queries/visitWork.ts";
import { addressOf } from "./keepVisitWork.ts";
import { type Parts, problemAnswers } from "./parts.ts";
import { idInPath } from "./precondition.ts";
import { receiveAttachment } from "./receiveAttachment.ts";

const mostAttachments = 50;
const path = "/api/collections/visits/items/{item}/attachments";
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

const entryOf = (file: VisitAttachment): z.output<typeof Entry> => ({
  ...{ id: file.id, name: file.name, media_type: file.mediaType, size_bytes: file.sizeBytes, sha256: file.sha256 },
  ...{ added_at: file.addedAt, added_by: file.addedBy, href: `${addressOf("visits", file.visitId)}/attachments/${file.id}` },
});

/** Photos and signed papers of a visit. */
export function visitAttachmentRoutes({ database }: Parts): Route[] {
  const seen = async (item: string | undefined, person: Person): Promise<string> => {
    const id = idInPath(item);
    if (!(await readItem(database, collections.visits, id, person.areas))) throw problem("not_found", { value: `visits ${id}` });
    return id;
  };
  const lock = async (transaction: Transaction, item: string | undefined, person: Person): Promise<string> => {
    const id = idInPath(item);
    const visit = await lockVisitWork(transaction, "visits", id);
    if (!visit || !maySee(person, visit.areaCode)) throw problem("not_found", { value: `visits ${id}` });
    if (visit.withdrawnAt !== null) throw problem("gone", { value: `visits ${id}` });
    return id;
  };
  return [
    route({
      method: "post",
      path,
      summary: "Lampirkan berkas pada kunjungan / attach a file to a visit",
      tag: "kunjungan",
      who: planners,
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
        await seen(item, person);
        const { name, bytes } = await receiveAttachment(request);
        const { mediaType, isAccepted } = await attachmentType(bytes);
        if (!isAccepted) throw problem("attachment_type", { field: "file", name, value: mediaType, expected: acceptedAttachments });
        const sha256 = createHash("sha256").update(bytes).digest("hex");
        const at = new Date();
        const { file, isNew } = await database.transaction(
          async (transaction) => {
            const visitId = await lock(transaction, item, person);
            const listed = await listVisitAttachments(transaction, visitId);
            const same = listed.find((known) => known.sha256 === sha256);
            if (same) return { file: same, isNew: false };
            if (listed.length >= mostAttachments) throw problem("too_many_attachments", { value: mostAttachments });
            const fresh = { id: randomUUID(), visitId, sha256, name, mediaType, sizeBytes: bytes.length, addedBy: person.name };
            await insertVisitAttachment(transaction, { ...fresh, addedAt: at }, bytes);
            return { file: { ...fresh, addedAt: at.toISOString(), withdrawnAt: null }, isNew: true };
          },
          { durable: true },
        );
        const entry = entryOf(file);
        return { status: isNew ? 201 : 200, headers: { Location: entry.href }, body: entry };
      },
    }),
    route({
      method: "get",
      path,
      summary: "Lampiran sebuah kunjungan / the files of a visit",
      tag: "kunjungan",
      who: planners,
      answers: {
        200: { description: "Daftar / list", types: { "application/json": z.object({ attachments: z.array(Entry), most: z.number() }) } },
        ...answers,
      },
      handle: async ({ path: { item }, person }) => {
        const files = await listVisitAttachments(database, await seen(item, person));
        return { body: { attachments: files.map(entryOf), most: mostAttachments } };
      },
    }),
    route({
      method: "get",
      path: `${path}/{attachment}`,
      summary: "Unduh lampiran kunjungan / download a file of a visit",
      tag: "kunjungan",
      who: planners,
      answers: {
        200: { description: "Isi berkas / the file", types: { "*/*": null }, headers: ["ETag", "Content-Disposition"] },
        ...answers,
      },
      handle: async ({ path: { item, attachment: key }, person }) => {
        const found = await findVisitAttachment(database, await seen(item, person), idInPath(key));
        if (!found) throw problem("not_found", { value: `attachments ${key}` });
        if (found.withdrawnAt !== null) throw problem("gone", { value: `attachments ${found.id}` });
        return {
          type: found.mediaType,
          headers: {
            ETag: `"${found.sha256}"`,
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
      summary: "Tarik lampiran kunjungan / withdraw a file of a visit",
      tag: "kunjungan",
      who: planners,
      answers: { 204: { description: "Ditarik / withdrawn" }, ...answers },
      handle: async ({ path: { item, attachment: key }, person }) => {
        const at = new Date();
        await database.transaction(
          async (transaction) => {
            const found = await findVisitAttachment(transaction, await lock(transaction, item, person), idInPath(key));
            if (!found) throw problem("not_found", { value: `attachments ${key}` });
            if (found.withdrawnAt !== null) throw problem("gone", { value: `attachments ${found.id}` });
            await withdrawVisitAttachment(transaction, found.id, { at, person: person.name });
          },
          { durable: true },
        );
        return { status: 204 };
      },
    }),
  ];
}
