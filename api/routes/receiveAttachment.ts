import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import busboy from "busboy";
import type { Request } from "express";
import { problem } from "../problem.ts";

export const mostBytes = 20 * 1024 * 1024;
const limit = "20 MB";

function safeName(name: string): string {
  const last = basename(name.replaceAll("\\", "/"));
  return last.replace(/[^\p{L}\p{N}._ -]/gu, "_").slice(0, 200) || "lampiran";
}

/**
 * Takes the part named `file` of a multipart request into memory, at most 20 MB.
 * @throws attachment_too_large, missing_field without a file, invalid_field for an empty one or a broken multipart.
 */
export async function receiveAttachment(request: Request): Promise<{ name: string; bytes: Uint8Array }> {
  if (Number(request.header("content-length") ?? 0) > mostBytes + 100_000) {
    request.resume();
    throw problem("attachment_too_large", { name: "file", limit });
  }
  const wanted = { field: "file", value: "multipart", expected: "satu bagian bernama file / one part named file" };
  const chunks: Buffer[] = [];
  let name: string | null = null;
  let isTooLarge = false;
  try {
    const parser = busboy({
      headers: request.headers,
      limits: { files: 1, fields: 10, fieldSize: 10_000, fileSize: mostBytes },
      defParamCharset: "utf8",
    });
    parser.on("file", (field, stream, info) => {
      if (field === "file") {
        name = safeName(info.filename ?? "");
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      }
      stream.on("limit", () => {
        isTooLarge = true;
        chunks.length = 0;
      });
      stream.resume();
    });
    await pipeline(request, parser);
  } catch (error) {
    throw problem("invalid_field", { ...wanted, value: error instanceof Error ? error.message : "multipart" });
  }
  if (isTooLarge) throw problem("attachment_too_large", { name: name ?? "file", limit });
  if (name === null) throw problem("missing_field", wanted);
  const bytes = Buffer.concat(chunks);
  if (bytes.length === 0)
    throw problem("invalid_field", { field: "file", value: "0 byte", expected: "berkas yang tidak kosong / a file that is not empty" });
  return { name, bytes };
}
