import { createHash, timingSafeEqual } from "node:crypto";
import type { Person } from "../endpoint.ts";

export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** Compares secrets in constant time, whatever their lengths. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());
}

/** Compares what `hashOf` gave in constant time. */
export const sameHash = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** Who holds ADMIN_TOKEN. */
export const administrator: Person = Object.freeze({
  name: "admin",
  role: "admin",
  areas: null,
  isDemo: false,
  credential: Object.freeze({ kind: "bootstrap", id: null, isReadOnly: false, mustChangePassword: false, expiresAt: null }),
});

/** Who the demo signs in. */
export const demoPerson: Person = Object.freeze({
  name: "demo",
  role: "admin",
  areas: Object.freeze(["99.01"]),
  isDemo: true,
  credential: Object.freeze({ kind: "demo", id: null, isReadOnly: false, mustChangePassword: false, expiresAt: null }),
});

const isInside = (code: string, scope: string): boolean => code === scope || code.startsWith(`${scope}.`);

/** Whether the person may see this area: everywhere, or inside one of the codes of the scope. */
export function maySee(person: Pick<Person, "areas">, code: string): boolean {
  return person.areas === null || person.areas.some((scope) => isInside(code, scope));
}

/** Whether all of the inner areas lie inside the outer ones; null is everywhere. */
export function covers(outer: readonly string[] | null, inner: readonly string[] | null): boolean {
  return outer === null || (inner?.every((code) => outer.some((scope) => isInside(code, scope))) ?? false);
}

/** The areas that lie inside both: of two codes, one inside the other, the inner. */
export function areasInBoth(a: readonly string[] | null, b: readonly string[] | null): readonly string[] | null {
  if (a === null || b === null) return a ?? b;
  return withoutNested([
    ...a.filter((code) => b.some((scope) => isInside(code, scope))),
    ...b.filter((code) => a.some((scope) => isInside(code, scope))),
  ]);
}

/** The same areas, each once, ascending, without those inside another of the list. */
export function withoutNested(codes: readonly string[]): string[] {
  return [...new Set(codes)].filter((code) => !codes.some((other) => other !== code && isInside(code, other))).sort();
}
