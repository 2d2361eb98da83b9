import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { reachService, type ServiceAccess } from "./serviceAccess.ts";

const usage = `npm run audit -- verify [--head SEQUENCE:HASH | --head FILE]   (rantai utuh? butir pertama yang rusak / is the chain whole? the first broken entry)
npm run audit -- head                                        (ujung rantai, simpan di luar / the chain's head, to be kept outside)
npm run audit -- who --from DAY --to DAY [--object KIND/ID] [--who NAME] [--what ACTION]   (CSV)
npm run audit -- retention [--purge]                         (yang lewat masa simpan; --purge menghapusnya / what is past its time; --purge removes it)`;

const faults: Readonly<Record<string, string>> = {
  changed: "diubah atau disisipkan / changed, inserted or moved",
  removed: "butirnya dihapus / its entry was removed",
  missing_line: "barisnya hilang / its line is missing",
  backdated: "bertanggal mundur / dated back",
  cut: "ekornya dipotong / the tail was cut",
  rewritten: "rantai ditulis ulang / the chain was written anew",
};

async function ask(access: ServiceAccess, path: string, method = "GET"): Promise<Response> {
  const response = await fetch(new URL(path, access.url), { method, headers: { Authorization: `Bearer ${access.token}` } });
  if (response.ok) return response;
  const { detail, code } = (await response.json()) as { detail?: string; code?: string };
  throw new Error(`${detail ?? response.status} (${code})`);
}

interface Verification {
  readonly lines: number;
  readonly head: { readonly sequence: number; readonly hash: string } | null;
  readonly unsealed: { readonly count: number; readonly oldest: string | null };
  readonly broken: { readonly fault: string; readonly sequence: number | null; readonly entryId: number | null } | null;
}

/** A head as `head` prints it, given itself or as a file that holds it. */
async function keptHead(given: string | undefined): Promise<string> {
  if (given === undefined || /^\d+:[0-9a-f]{64}$/.test(given)) return given ?? "";
  return /\d+:[0-9a-f]{64}/.exec(await readFile(given, "utf8"))?.[0] ?? given;
}

async function verify(access: ServiceAccess, given: string | undefined): Promise<number> {
  const head = await keptHead(given);
  const found = (await (await ask(access, `/api/audit/verification${head ? `?head=${head}` : ""}`)).json()) as Verification;
  console.log(`${found.lines} baris utuh / lines whole. head ${found.head ? `${found.head.sequence}:${found.head.hash}` : "-"}`);
  if (found.unsealed.count > 0)
    console.log(`${found.unsealed.count} menunggu segel sejak / await their seal since ${found.unsealed.oldest}`);
  if (found.broken === null) return 0;
  const { fault, sequence, entryId } = found.broken;
  console.error(`RUSAK / BROKEN: baris/line ${sequence}, butir/entry ${entryId ?? "-"}: ${faults[fault] ?? fault}`);
  return 1;
}

async function who(access: ServiceAccess, asked: Record<string, string | undefined>): Promise<number> {
  const query = new URLSearchParams({ f: "csv" });
  for (const [name, value] of Object.entries(asked)) if (value !== undefined) query.set(name, value);
  for (let next: string | undefined = `/api/audit?${query}`, isFirst = true; next; isFirst = false) {
    const response: Response = await ask(access, next);
    const text = await response.text();
    process.stdout.write(isFirst ? text : text.slice(text.indexOf("\n") + 1));
    next = /<([^>]+)>; rel="next"/.exec(response.headers.get("link") ?? "")?.[1];
  }
  return 0;
}

async function retention(access: ServiceAccess, isPurge: boolean): Promise<number> {
  const response = await ask(access, "/api/audit/retention", isPurge ? "POST" : "GET");
  const { clocks } = (await response.json()) as { clocks: { kind: string; days: number | null; due: number; purged?: number }[] };
  for (const { kind, days, due, purged } of clocks)
    console.log(
      `${kind.padEnd(20)} ${days === null ? "selamanya / for good" : `${days} hari/days`}  ${purged === undefined ? `${due} lewat / past` : `${purged} dihapus / removed`}`,
    );
  return 0;
}

async function main(): Promise<number> {
  const text = { type: "string" } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      head: text,
      from: text,
      to: text,
      object: text,
      who: text,
      what: text,
      purge: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  const [verb] = positionals;
  const { head, purge, help, ...asked } = values;
  if (help || !["verify", "head", "who", "retention"].includes(verb ?? "") || (verb === "who" && (!asked.from || !asked.to))) {
    console.error(usage);
    return help ? 0 : 2;
  }
  const access = await reachService(process.env);
  try {
    if (verb === "verify") return await verify(access, head);
    if (verb === "who") return await who(access, asked);
    if (verb === "retention") return await retention(access, purge === true);
    const { head: now } = (await (await ask(access, "/api/audit/head")).json()) as Pick<Verification, "head">;
    console.log(now ? `${now.sequence}:${now.hash}` : "-");
    return 0;
  } finally {
    await access.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
