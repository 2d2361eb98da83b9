import { randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { renderSVG } from "uqr";
import type { Transaction } from "../database/database.ts";
import { useRecoveryCode, useTotpStep } from "../queries/totp.ts";
import { hashOf } from "./people.ts";

const stepSeconds = 30;
const recoveryCodes = 10;
// Crockford's letters: nobody mistakes one for another on paper.
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const codesOf = (name: string, secret: string): TOTP =>
  new TOTP({ issuer: "Waspada", label: name, secret: Secret.fromBase32(secret), period: stepSeconds, digits: 6 });

/** A new key as an authenticator app takes it: as text, as an address, and as a picture of that address made here. */
export function newTotp(name: string): { readonly secret: string; readonly uri: string; readonly qr: string } {
  const secret = new Secret({ size: 20 }).base32;
  const uri = codesOf(name, secret).toString();
  return { secret, uri, qr: renderSVG(uri, { border: 2 }) };
}

/** The step of the clock that a code belongs to, one step to either side allowed; null for a wrong code. */
export function stepOf(name: string, secret: string, code: string, now: Date): number | null {
  const delta = codesOf(name, secret).validate({ token: code, timestamp: now.getTime(), window: 1 });
  return delta === null ? null : Math.floor(now.getTime() / 1000 / stepSeconds) + delta;
}

const recoveryHash = (name: string, code: string): string => hashOf(`recovery ${name} ${code.toUpperCase().replace(/[^0-9A-Z]/g, "")}`);

/** Ten codes for the day the phone is lost, and what is kept of them. Each holds 80 random bits, so a plain hash does. */
export function newRecoveryCodes(name: string): { readonly codes: string[]; readonly hashes: string[] } {
  const codes = Array.from({ length: recoveryCodes }, () => {
    const signs = Array.from(randomBytes(16), (byte) => letters[byte % 32]).join("");
    return (signs.match(/.{4}/g) ?? []).join("-");
  });
  return { codes, hashes: codes.map((code) => recoveryHash(name, code)) };
}

/** Uses up a code of the app or a recovery code; false when it is wrong or was used before, in whatever process. */
export async function useCode(transaction: Transaction, name: string, secret: string, code: string, now: Date): Promise<boolean> {
  const digits = code.replace(/\s/g, "");
  if (!/^\d{6}$/.test(digits)) return useRecoveryCode(transaction, name, recoveryHash(name, code));
  const step = stepOf(name, secret, digits, now);
  return step !== null && useTotpStep(transaction, name, step);
}
