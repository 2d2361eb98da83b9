import { parseArgs } from "node:util";
import { askService, runCommand, say } from "./askService.ts";
import { reachService } from "./serviceAccess.ts";

const usage = `npm run identity -- openers              (siapa boleh membuka identitas pelapor / who may open reporters' identities)
npm run identity -- name NAME            (tunjuk / name somebody)
npm run identity -- remove NAME          (cabut / take that back)
npm run identity -- rotate               (ganti kunci di IDENTITY_KEY_FILE / change the key in IDENTITY_KEY_FILE)

Semuanya tercatat di jejak audit. / All of it is noted in the audit trail.`;

await runCommand(usage, async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { help: { type: "boolean" } } });
  const [verb = "", name] = positionals;
  const isWrong = !["openers", "name", "remove", "rotate"].includes(verb) || ["name", "remove"].includes(verb) !== (name !== undefined);
  if (values.help || isWrong || positionals.length > 2) {
    console.error(usage);
    return values.help ? 0 : 2;
  }
  const access = await reachService(process.env);
  const openers = "/api/identity-openers";
  try {
    if (verb === "openers") {
      const { openers: named } = await askService<{ openers: { name: string; namedAt: string; namedBy: string }[] }>(
        access,
        "GET",
        openers,
      );
      for (const opener of named) console.log([opener.name, opener.namedAt, opener.namedBy].join("\t"));
    } else if (verb === "rotate") {
      const { identities } = await askService<{ identities: number }>(access, "POST", "/api/identity-key/rotation");
      console.log(say(`${identities} identitas dibungkus kunci baru.`, `${identities} identities wrapped with the new key.`));
    } else await askService(access, verb === "name" ? "PUT" : "DELETE", `${openers}/${encodeURIComponent(name ?? "")}`);
  } finally {
    await access.close();
  }
  return 0;
});
