import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { request as secureRequest } from "node:https";
import { parseArgs } from "node:util";
import { reachService, type ServiceAccess } from "./serviceAccess.ts";

const usage = `npm run backup -- FILE [--with-identity-key]

Semua data pada satu saat ke satu berkas baru, layanan berjalan atau tidak. / All data at one moment to one new file, service running or not.
--with-identity-key   sertakan kunci identitas pelapor: berkas itu lalu membuka semua identitas
                      put the key of reporters' identities in: the file then opens every identity`;

// Not fetch: a backup of a nation is answered after minutes.
function ask({ url, token }: ServiceAccess, path: string): Promise<IncomingMessage> {
  const address = new URL(path, url);
  const send = address.protocol === "https:" ? secureRequest : request;
  return new Promise((resolve, reject) => {
    send(address, { headers: { Authorization: `Bearer ${token}`, "Accept-Encoding": "identity" } }, resolve)
      .on("error", reject)
      .end();
  });
}

async function textOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

/** Writes what comes to a file that only its owner reads, and makes sure that it is whole: its last line is the SHA-256 of all before. */
async function receive(response: IncomingMessage, path: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  const hash = createHash("sha256");
  let last = Buffer.alloc(0);
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      await file.writeFile(chunk);
      const held = Buffer.concat([last, chunk]);
      const settled = Math.max(0, held.length - 65);
      hash.update(held.subarray(0, settled));
      last = held.subarray(settled);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if (last.toString("latin1") !== `${hash.digest("hex")}\n`)
    throw new Error("Cadangan tidak sampai utuh; ulangi. / The backup did not arrive whole; try again.");
}

async function backup(file: string, withIdentityKey: boolean): Promise<void> {
  if (existsSync(file)) throw new Error(`${file} sudah ada; beri nama lain. / ${file} exists; choose another name.`);
  const access = await reachService(process.env);
  const draft = `${file}.part`;
  try {
    const response = await ask(access, `/api/backup?identityKey=${withIdentityKey}`);
    if (response.statusCode !== 200) {
      const { detail, code } = JSON.parse(await textOf(response)) as { detail?: string; code?: string };
      throw new Error(`${detail ?? response.statusCode} (${code})`);
    }
    await rm(draft, { force: true });
    await receive(response, draft);
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
    await access.close();
  }
  const { size } = await stat(file);
  console.log(
    `${file}: ${(size / 1e6).toFixed(1)} MB, ${withIdentityKey ? "DENGAN kunci identitas / WITH" : "tanpa kunci identitas / without"} the identity key`,
  );
}

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { "with-identity-key": { type: "boolean" } } });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) {
    console.error(usage);
    process.exitCode = 2;
  } else await backup(file, values["with-identity-key"] === true);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
