import { parseArgs } from "node:util";
import type { TokenJson } from "../api/contract/people.ts";
import { askService, runCommand, say } from "./askService.ts";
import { reachService } from "./serviceAccess.ts";

const usage = `npm run token -- NAME [--label TEXT] [--days 90] [--role viewer] [--areas 35.17.09] [--read-only]
npm run token -- list NAME
npm run token -- revoke NAME ID

Token dicetak sekali, di stdout; yang lain di stderr. --role dan --areas hanya mempersempit.
The token is printed once, on stdout; all else on stderr. --role and --areas only narrow.
Bicara dengan WASPADA_URL dan WASPADA_TOKEN; tanpa itu layanan di 127.0.0.1:PORT; tanpa itu dijalankan di sini atas DATA_DIR.
Speaks to WASPADA_URL with WASPADA_TOKEN; else to the service on 127.0.0.1:PORT; else one is started here on DATA_DIR.`;

const dayMilliseconds = 86_400_000;

const line = ({ id, label, role, areas, readOnly, expiresAt, lastUsedAt }: TokenJson): string =>
  [
    id,
    label,
    [role, areas?.join(","), readOnly ? say("hanya baca", "read only") : null].filter(Boolean).join(" ") || say("penuh", "full"),
    expiresAt ? say(`sampai ${expiresAt.slice(0, 10)}`, `until ${expiresAt.slice(0, 10)}`) : say("tanpa akhir", "no end"),
    lastUsedAt ? say(`terpakai ${lastUsedAt.slice(0, 10)}`, `used ${lastUsedAt.slice(0, 10)}`) : say("belum terpakai", "not used"),
  ].join("\t");

await runCommand(usage, async () => {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { label: text, days: text, role: text, areas: text, "read-only": flag, help: flag },
  });
  const [first = "", name, id] = positionals;
  const verb = name === undefined ? "make" : first;
  const days = values.days === undefined ? null : Number(values.days);
  const isWrong = first === "" || !["make", "list", "revoke"].includes(verb) || (verb === "revoke") !== (id !== undefined);
  if (values.help || isWrong || positionals.length > 3 || (days !== null && !(days > 0))) {
    console.error(usage);
    return values.help ? 0 : 2;
  }
  const access = await reachService(process.env);
  const address = `/api/users/${encodeURIComponent(name ?? first)}/tokens`;
  try {
    if (verb === "list")
      for (const token of (await askService<{ tokens: TokenJson[] }>(access, "GET", address)).tokens) console.log(line(token));
    else if (verb === "revoke") await askService(access, "DELETE", `${address}/${id}`);
    else {
      const made = await askService<TokenJson & { token: string }>(access, "POST", address, {
        label: values.label,
        role: values.role,
        areas: values.areas?.split(/[\s,]+/).filter(Boolean),
        readOnly: values["read-only"],
        expiresAt: days === null ? undefined : new Date(Date.now() + days * dayMilliseconds).toISOString(),
      });
      console.error(line(made));
      console.log(made.token);
    }
  } finally {
    await access.close();
  }
  return 0;
});
