import { randomBytes } from "node:crypto";
import type { Database } from "../database/database.ts";
import { hasAnybody } from "../queries/people.ts";
import { setSetting } from "../queries/settings.ts";
import { hashOf } from "./people.ts";

/** Prints the one-time link for the first admin while nobody can sign in otherwise. */
export async function offerSetup(database: Database, adminToken: string | null, url: string): Promise<void> {
  if (adminToken !== null || (await hasAnybody(database))) return;
  const code = randomBytes(24).toString("base64url");
  await database.transaction((transaction) => setSetting(transaction, "setup_link_hash", hashOf(code)));
  process.stdout.write(`\nAkun admin pertama (sekali pakai) / first admin account (one time):\n  ${url}/masuk?kode=${code}\n\n`);
}
