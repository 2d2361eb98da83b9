import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import type { PersonJson } from "../api/contract/people.ts";
import { askService, Refused, runCommand, say } from "./askService.ts";
import { reachService, type ServiceAccess } from "./serviceAccess.ts";

const usage = `npm run user -- list
npm run user -- add NAME --role reporter|partner|viewer|analyst|leader|verifier|admin [--areas 35.17,35.21] [--email ADDRESS] [--password | --password-stdin]
npm run user -- change NAME [--role ROLE] [--areas 35.17 | --national] [--email ADDRESS]
npm run user -- disable NAME     npm run user -- enable NAME
npm run user -- reset NAME [--password-stdin]   (sandi baru, harus diganti saat masuk / a new password, to be changed on signing in)
npm run user -- reset-totp NAME                 (kode sekali pakai dimatikan / one-time codes off)
npm run user -- sign-out NAME                   (semua sesi diakhiri / every session ended)
npm run user -- remove NAME

Tanpa --areas: seluas wilayah Anda. --password: sandi acak dibuat dan dicetak sekali. / Without --areas: as wide as your own. --password: a random one is made and printed once.
Bicara dengan WASPADA_URL dan WASPADA_TOKEN; tanpa itu layanan di 127.0.0.1:PORT; tanpa itu dijalankan di sini atas DATA_DIR.
Speaks to WASPADA_URL with WASPADA_TOKEN; else to the service on 127.0.0.1:PORT; else one is started here on DATA_DIR.`;

interface Options {
  readonly role?: string | undefined;
  readonly areas?: string | undefined;
  readonly email?: string | undefined;
  readonly national?: boolean | undefined;
  readonly password?: boolean | undefined;
  readonly "password-stdin"?: boolean | undefined;
}

const areasOf = ({ areas, national }: Options): { areas?: string[] | null } => {
  if (national) return { areas: null };
  return areas === undefined ? {} : { areas: areas.split(/[\s,]+/).filter(Boolean) };
};

const addressOf = (name: string): string => `/api/users/${encodeURIComponent(name)}`;

function line({ name, role, areas, disabled, totp, hasPassword, tokens, signedInAt }: PersonJson): string {
  const marks = [
    disabled ? say("ditutup", "disabled") : null,
    hasPassword ? say("sandi", "password") : null,
    totp ? "TOTP" : null,
    `${tokens} token`,
    signedInAt ? say(`masuk ${signedInAt.slice(0, 10)}`, `signed in ${signedInAt.slice(0, 10)}`) : null,
  ];
  return [name, role, areas?.join(",") ?? say("semua", "everywhere"), marks.filter(Boolean).join(", ")].join("\t");
}

/** The first line that is piped in: a password in the command itself would stay in the shell's history. */
async function readPassword(): Promise<string> {
  for await (const text of createInterface({ input: process.stdin })) return text;
  throw new Refused(say("Tidak ada sandi di stdin.", "There is no password on stdin."));
}

const randomPassword = (): string => randomBytes(15).toString("base64url");

async function add(access: ServiceAccess, name: string, options: Options): Promise<void> {
  const isGiven = options["password-stdin"] === true;
  const password = isGiven ? await readPassword() : options.password ? randomPassword() : undefined;
  const { role, email } = options;
  const sent = { name, role, ...areasOf(options), email, password, ...(password && !isGiven ? { mustChangePassword: true } : {}) };
  console.log(line(await askService<PersonJson>(access, "POST", "/api/users", sent)));
  if (password && !isGiven) console.log(say(`Sandi pertama (harus diganti): ${password}`, `First password (to be changed): ${password}`));
}

async function reset(access: ServiceAccess, name: string, options: Options): Promise<void> {
  const isGiven = options["password-stdin"] === true;
  const password = isGiven ? await readPassword() : randomPassword();
  await askService(access, "PATCH", addressOf(name), { password });
  if (!isGiven) console.log(say(`Sandi baru (harus diganti): ${password}`, `New password (to be changed): ${password}`));
}

async function list(access: ServiceAccess): Promise<void> {
  for (let path: string | undefined = "/api/users?limit=500"; path; ) {
    const page: { people: PersonJson[]; links: { href: string }[] } = await askService(access, "GET", path);
    for (const person of page.people) console.log(line(person));
    path = page.links[0]?.href;
  }
}

const change = async (access: ServiceAccess, name: string, body: object): Promise<void> =>
  console.log(line(await askService<PersonJson>(access, "PATCH", addressOf(name), body)));

const verbs: Readonly<Record<string, (access: ServiceAccess, name: string, options: Options) => Promise<void>>> = {
  list,
  add,
  change: (access, name, options) => change(access, name, { role: options.role, email: options.email, ...areasOf(options) }),
  disable: (access, name) => change(access, name, { disabled: true }),
  enable: (access, name) => change(access, name, { disabled: false }),
  reset,
  "reset-totp": (access, name) => askService(access, "DELETE", `${addressOf(name)}/totp`),
  "sign-out": (access, name) => askService(access, "DELETE", `${addressOf(name)}/sessions`),
  remove: (access, name) => askService(access, "DELETE", addressOf(name)),
};

await runCommand(usage, async () => {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { role: text, areas: text, email: text, national: flag, password: flag, "password-stdin": flag, help: flag },
  });
  const [verb = "", name, ...rest] = positionals;
  const work = verbs[verb];
  if (values.help || !work || rest.length > 0 || (verb === "list") !== (name === undefined) || (verb === "add" && !values.role)) {
    console.error(usage);
    return values.help ? 0 : 2;
  }
  const access = await reachService(process.env);
  try {
    await work(access, name ?? "", values);
  } finally {
    await access.close();
  }
  return 0;
});
