import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import busboy from "busboy";
import type { Request } from "express";
import { problem } from "../problem.ts";

/** A file that was sent, on this machine's disk; whoever takes it removes it when done. */
export interface ReceivedFile {
  readonly path: string;
  readonly name: string;
  readonly contentType: string | null;
}

const mostBytes = 512 * 1024 * 1024;
const tooLarge = () => problem("body_too_large", { limit: "512 MB" });

/** Lets bytes through up to the limit and counts them. */
class Counted extends Transform {
  bytes = 0;
  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null, data?: Buffer) => void): void {
    this.bytes += chunk.length;
    if (this.bytes > mostBytes) done(tooLarge());
    else done(null, chunk);
  }
}

async function write(source: Readable, path: string): Promise<void> {
  const counted = new Counted();
  await pipeline(source, counted, createWriteStream(path, { mode: 0o600 }));
  if (counted.bytes === 0)
    throw problem("invalid_field", { field: "file", value: "0 byte", expected: "berkas yang tidak kosong / a file that is not empty" });
}

/** Only the last part of what the sender calls the file, without anything a path or a log could trip over. */
function safeName(name: string | undefined): string {
  return (
    basename((name ?? "").replaceAll("\\", "/"))
      .replace(/[^\p{L}\p{N}._ -]/gu, "_")
      .slice(0, 200) || "berkas"
  );
}

// It throws at once where the type names no boundary.
function openMultipart(request: Request, broken: (error: unknown) => Error): ReturnType<typeof busboy> {
  try {
    return busboy({
      headers: request.headers,
      limits: { files: 1, fields: 20, fieldSize: 10_000, fileSize: mostBytes + 1 },
      defParamCharset: "utf8",
    });
  } catch (error) {
    throw broken(error);
  }
}

async function receiveMultipart(request: Request, path: string): Promise<Omit<ReceivedFile, "path">> {
  const wanted = { field: "file", value: "multipart", expected: "satu bagian bernama file / one part named file" };
  const broken = (error: unknown) => problem("invalid_field", { ...wanted, value: error instanceof Error ? error.message : "multipart" });
  const parser = openMultipart(request, broken);
  let written: Promise<void> | null = null;
  let received: Omit<ReceivedFile, "path"> | null = null;
  parser.on("file", (field, stream, info) => {
    if (field !== "file") {
      stream.resume();
      return;
    }
    received = { name: safeName(info.filename), contentType: info.mimeType || null };
    written = write(stream, path);
    // The failure is thrown below, where it is awaited; until then it must not count as unhandled.
    written.catch(() => stream.resume());
  });
  try {
    await pipeline(request, parser);
  } catch (error) {
    await (written as Promise<void> | null)?.catch(() => undefined);
    throw broken(error);
  }
  await (written as Promise<void> | null);
  if (!received) throw problem("missing_field", wanted);
  return received;
}

/**
 * Takes the file of an import request, as multipart (the part named `file`) or as the body itself with `?name=`, to a private file on disk.
 * @throws body_too_large beyond 512 MB, missing_field without a file, invalid_field for an empty one or a broken multipart; nothing is left on disk then.
 */
export async function receiveFile(request: Request, dataDirectory: string): Promise<ReceivedFile> {
  if (Number(request.header("content-length") ?? 0) > mostBytes + 10_000) {
    request.resume();
    throw tooLarge();
  }
  const folder = join(dataDirectory, "uploads");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  try {
    const type = request.header("content-type") ?? null;
    if (type?.toLowerCase().startsWith("multipart/form-data")) return { path, ...(await receiveMultipart(request, path)) };
    const name = new URL(request.originalUrl, "http://host.invalid").searchParams.get("name") ?? undefined;
    await write(request, path);
    return { path, name: safeName(name), contentType: type };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}
