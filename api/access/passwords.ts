import { hash, verify } from "@node-rs/argon2";
import { problem } from "../problem.ts";
import { nameKeyOf } from "../queries/people.ts";

// Argon2id with 19 MiB and two passes: OWASP's first choice for sign-in pages.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const present = "$argon2id$v=19$m=19456,t=2,p=1$";

export const hashPassword = (password: string): Promise<string> => hash(password.normalize("NFKC"), cost);

/** Whether a kept hash was made with other costs than today's, and is to be made anew when its password is at hand. */
export const isOutdated = (passwordHash: string): boolean => !passwordHash.startsWith(present);

let nobodysHash: Promise<string> | null = null;

/** Whether the password is right. Somebody without a password takes as long to refuse as a wrong password. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobodysHash ??= hashPassword("nama yang tidak ada / a name that does not exist");
  const isRight = await verify(passwordHash ?? (await nobodysHash), password.normalize("NFKC"));
  return isRight && passwordHash !== null;
}

/**
 * Refuses what is guessed first: the person's own name, one sign over and over, a row of the keyboard. Length is checked where it is read.
 * @throws invalid_field
 */
export function refuseWeakPassword(name: string, password: string): void {
  const refuse = (expected: string): never => {
    throw problem("invalid_field", { field: "password", value: "(…)", expected });
  };
  const plain = nameKeyOf(password).replace(/[\s._-]/g, "");
  const own = nameKeyOf(name).replace(/[\s._-]/g, "");
  if (own.length > 2 && plain.replaceAll(own, "").length < 6) refuse("bukan nama sendiri / not one's own name");
  if (new Set(plain).size < 5) refuse("paling sedikit lima huruf yang berbeda / at least five different characters");
  const rows = ["abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm"];
  if (rows.some((row) => row.includes(plain))) refuse("bukan urutan huruf / no row of the keyboard");
}
