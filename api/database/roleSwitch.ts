import type { Actor } from "./actor.ts";

/** What puts an actor on a connection: one message of plain SQL. Two switches with the same text are the same actor. */
export type RoleSwitch = string;

/** Back to the role that signed in, which passes every rule: for the engine's own housekeeping. */
export const engineItself: RoleSwitch = "reset role";

// As fixed widths of digits between dots, codes sort letter by letter: what lies inside 35.17 is from "35.17" up to "35.17/", "/" coming after ".".
const afterAll = "~";
// What is no code covers nothing.
const areaCode = /^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/;

/** The SQL that gives a connection the actor's role and tells the rules who and where it is; null is nobody, who sees what is open to all. */
export function switchTo(actor: Actor | null): RoleSwitch {
  const areas = actor === null ? [] : (actor.areas?.filter((code) => areaCode.test(code)).sort() ?? null);
  const lowest = areas?.[0] ?? "";
  const below =
    areas === null
      ? afterAll
      : (areas
          .map((code) => `${code}/`)
          .sort()
          .at(-1) ?? "");
  const pattern = areas === null || areas.length === 0 ? "" : `^(${areas.map((code) => code.replaceAll(".", "\\.")).join("|")})([.]|$)`;
  const settings = {
    person: actor?.name ?? "",
    role: actor?.role ?? "",
    areas_from: lowest,
    areas_below: below,
    areas_pattern: pattern,
  };
  const assignments = Object.entries(settings).map(([key, value]) => `set_config('waspada.${key}', ${quoted(value)}, false)`);
  return `set role ${roleOf(actor)}; select ${assignments.join(", ")}`;
}

function roleOf(actor: Actor | null): string {
  switch (actor?.role) {
    case undefined:
      return "waspada_nobody";
    case "analyst":
    case "leader":
    case "verifier":
    case "admin":
      return actor?.areas === null ? "waspada_national" : "waspada_area";
    case "reporter":
    case "partner":
      return "waspada_reporter";
    default:
      return `waspada_${actor?.role}`;
  }
}

// Works whatever standard_conforming_strings says, and for every name a person may have.
function quoted(text: string): string {
  if (text.includes("\0")) throw new RangeError("a name or code holds a NUL");
  return `E'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
