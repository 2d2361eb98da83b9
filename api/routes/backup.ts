import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { software } from "../assessments/frame.ts";
import { writeBackup } from "../backup/write.ts";
import { databaseOf } from "../database/actor.ts";
import { type Answer, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { type Parts, problemAnswers } from "./parts.ts";

async function identityKeyAt(path: string | null): Promise<Uint8Array> {
  try {
    return await readFile(path ?? "");
  } catch {
    throw problem("no_identity_key", { value: path ?? "IDENTITY_KEY_FILE" });
  }
}

export function backupRoutes({ database, config }: Parts): Route[] {
  let isUnderWay = false;
  return [
    route<{ identityKey?: "true" | "false" | undefined }>({
      method: "get",
      path: "/api/backup",
      summary: "Cadangan semua data pada satu saat / a backup of all data at one moment",
      tag: "layanan",
      who: ["admin"],
      query: z.strictObject({ identityKey: z.enum(["true", "false"]).optional() }),
      answers: {
        200: { description: "Berkas cadangan / the backup file", types: { "application/octet-stream": null } },
        ...problemAnswers,
        422: { description: "Tidak ada kunci identitas / no identity key" },
        503: { description: "Cadangan lain sedang dibuat / another is being made" },
      },
      handle: async ({ person, query }) => {
        if (person.areas !== null) throw problem("not_allowed", { role: person.role });
        if (isUnderWay) throw problem("backup_under_way", { seconds: 30 });
        isUnderWay = true;
        // Written here first: a slow receiver must not hold the snapshot, and a full disk is told before the answer begins.
        const folder = join(config.dataDirectory, "backups");
        const path = join(folder, randomUUID());
        try {
          const identityKey = query.identityKey === "true" ? await identityKeyAt(config.identityKeyFile) : null;
          await mkdir(folder, { recursive: true, mode: 0o700 });
          const madeAt = new Date();
          await writeBackup(databaseOf(database, "archivist"), path, { software, madeAt, identityKey });
          return await fileAnswer(path, `waspada-${madeAt.toISOString().slice(0, 10)}.backup`);
        } catch (error) {
          await rm(path, { force: true });
          throw error;
        } finally {
          isUnderWay = false;
        }
      },
    }),
  ];
}

async function fileAnswer(path: string, name: string): Promise<Answer> {
  const { size } = await stat(path);
  return {
    stream: (response) => {
      response.status(200).set({
        "Content-Type": "application/octet-stream",
        "Content-Length": String(size),
        "Content-Disposition": `attachment; filename="${name}"`,
        "Cache-Control": "no-store, no-transform",
      });
      // The pipeline listens seven times to its end, the layers around it four times: no leak.
      response.setMaxListeners(20);
      // A receiver that goes away is no failure of the service; the file is removed in every case.
      pipeline(createReadStream(path), response)
        .catch(() => undefined)
        .finally(() => rm(path, { force: true }));
    },
  };
}
