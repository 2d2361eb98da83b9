import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import type { Database, Transaction } from "../database/database.ts";
import { type Person, type Role, type Route, route } from "../endpoint.ts";
import { acceptedAttachments, attachmentType } from "../formats/attachmentType.ts";
import { tellsPlace } from "../formats/photoPlace.ts";
import { problem } from "../problem.ts";
import {
  type Attachment,
  type AttachmentOwner,
  findAttachment,
  insertAttachment,
  listAttachments,
  readContent,
  withdrawAttachment,
} from "../queries/attachments.ts";
import { problemAnswers } from "./parts.ts";
import { readId } from "./readId.ts";
import { receiveAttachment } from "./receiveAttachment.ts";

const mostAttachments = 50;
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

/** What files are attached to, and who may. */
export interface FileOwner {
  readonly owner: AttachmentOwner;
  readonly tag: string;
  readonly who: readonly Role[];
  /** The owner in both languages, for the routes' summaries. */
  readonly words: { readonly id: string; readonly en: string };
  /** Its id where this person may read its files; throws otherwise. */
  readonly seen: (item: string | undefined, person: Person) => Promise<string>;
  /** Its id, locked for a change by this person; throws otherwise. */
  readonly lock: (transaction: Transaction, item: string | undefined, person: Person) => Promise<string>;
  /** Done in the transaction of every change. */
  readonly changed?: (transaction: Transaction, ownerId: string, change: { at: Date; person: string }) => Promise<void>;
}

/** Files of a report or a visit: attached (an image that tells where it was taken is refused), listed, read and withdrawn. */
export function attachedFileRoutes(database: Database, { owner, tag, who, words, seen, lock, changed }: FileOwner): Route[] {
  const path = `/api/collections/${owner}s/items/{item}/attachments`;
  const entryOf = (file: Attachment): z.output<typeof Entry> => ({
    id: file.id,
    name: file.name,
    media_type: file.mediaType,
    size_bytes: file.sizeBytes,
    sha256: file.sha256,
    added_at: file.addedAt,
    added_by: file.addedBy,
    href: `${path.replace("{item}", file.ownerId)}/${file.id}`,
  });
  const present = (found: Attachment | null, key: string | undefined): Attachment => {
    if (!found) throw problem("not_found", { value: `attachments ${key}` });
    if (found.withdrawnAt !== null) throw problem("gone", { value: `attachments ${found.id}` });
    return found;
  };
  return [
    route({
      method: "post",
      path,
      summary: `Lampirkan berkas pada ${words.id} / attach a file to a ${words.en}`,
      tag,
      who,
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
        // A file that may be evidence is kept as it is or not at all.
        if (mediaType.startsWith("image/") && tellsPlace(bytes)) throw problem("attachment_place", { field: "file", name });
        const sha256 = createHash("sha256").update(bytes).digest("hex");
        const at = new Date();
        const { file, isNew } = await database.transaction(
          async (transaction) => {
            const ownerId = await lock(transaction, item, person);
            const listed = await listAttachments(transaction, owner, ownerId);
            const same = listed.find((known) => known.sha256 === sha256);
            if (same) return { file: same, isNew: false };
            if (listed.length >= mostAttachments) throw problem("too_many_attachments", { value: mostAttachments });
            const fresh = { id: randomUUID(), ownerId, sha256, name, mediaType, sizeBytes: bytes.length, addedBy: person.name };
            await insertAttachment(transaction, owner, { ...fresh, addedAt: at }, bytes);
            await changed?.(transaction, ownerId, { at, person: person.name });
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
      summary: `Lampiran sebuah ${words.id} / the files of a ${words.en}`,
      tag,
      who,
      answers: {
        200: { description: "Daftar / list", types: { "application/json": z.object({ attachments: z.array(Entry), most: z.number() }) } },
        ...answers,
      },
      handle: async ({ path: { item }, person }) => {
        const files = await listAttachments(database, owner, await seen(item, person));
        return { body: { attachments: files.map(entryOf), most: mostAttachments } };
      },
    }),
    route({
      method: "get",
      path: `${path}/{attachment}`,
      summary: `Unduh lampiran ${words.id} / download a file of a ${words.en}`,
      tag,
      who,
      answers: {
        200: { description: "Isi berkas / the file", types: { "*/*": null }, headers: ["ETag", "Content-Disposition", "Repr-Digest"] },
        ...answers,
      },
      handle: async ({ path: { item, attachment: key }, person }) => {
        const found = present(await findAttachment(database, owner, await seen(item, person), readId(key)), key);
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
      summary: `Tarik lampiran ${words.id} / withdraw a file of a ${words.en}`,
      tag,
      who,
      answers: { 204: { description: "Ditarik / withdrawn" }, ...answers },
      handle: async ({ path: { item, attachment: key }, person }) => {
        const change = { at: new Date(), person: person.name };
        await database.transaction(
          async (transaction) => {
            const ownerId = await lock(transaction, item, person);
            const found = present(await findAttachment(transaction, owner, ownerId, readId(key)), key);
            await withdrawAttachment(transaction, owner, found.id, change);
            await changed?.(transaction, ownerId, change);
          },
          { durable: true },
        );
        return { status: 204 };
      },
    }),
  ];
}
