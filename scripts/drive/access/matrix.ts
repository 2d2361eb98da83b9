import { type FuzzAnswer, type FuzzRequest, send } from "../fuzz/request.ts";
import { judge } from "../fuzz/verdict.ts";
import { type Canary, leaked } from "./canaries.ts";
import { type AccessRule, accessRules, type PlaceAsked, placesAsked } from "./rules.ts";
import { type Asker, nowhere, type Place } from "./world.ts";

/** One question of the matrix: a route, somebody who asks, and the place asked about. */
export interface Cell {
  readonly rule: AccessRule;
  readonly asker: Asker;
  readonly place: PlaceAsked;
}

export interface World {
  readonly url: string;
  readonly places: Readonly<Record<"own" | "other", Place>>;
  readonly askers: readonly Asker[];
  readonly canaries: readonly Canary[];
}

/** All cells: every rule by everybody about every place; where the place makes no difference only about the own. */
export function cellsOf({ askers }: World): Cell[] {
  return accessRules
    .filter((rule) => rule.leftOut === undefined)
    .flatMap((rule) =>
      askers.flatMap((asker) => (rule.isSameEverywhere ? (["own"] as const) : placesAsked).map((place) => ({ rule, asker, place }))),
    );
}

const placeOf = (world: World, place: PlaceAsked): Place => (place === "nowhere" ? nowhere : world.places[place]);

function pathValue(rule: AccessRule, place: Place, name: string): string {
  if (rule.path?.[name] !== undefined) return rule.path[name];
  const kind = (["visit", "agreement", "mediator", "team"] as const).find((one) => rule.route.includes(`/collections/${one}s/`));
  if (name === "item" && kind) return place[kind];
  if (name === "item")
    return rule.route.includes("reports/")
      ? rule.route.includes("{report}")
        ? place.incident
        : place.report
      : rule.route.includes("potentials")
        ? place.potential
        : place.incident;
  if (name === "job") return rule.route.includes("imports") ? place.importJob : place.job;
  if (name === "name") return place.person;
  if (name === "areaSet") return `${place.area}~0`;
  const value = (place as unknown as Record<string, string>)[name];
  if (value === undefined) throw new Error(`${rule.route}: what stands for {${name}}?`);
  return value;
}

/** The request of a cell. A replacement or a removal names a version that is never the last, so that nothing changes. */
export function requestOf(world: World, { rule, asker, place: asked }: Cell): FuzzRequest {
  const place = placeOf(world, asked);
  const [method = "", path = ""] = rule.route.split(" ");
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(pathValue(rule, place, name)));
  return {
    method: method.toUpperCase(),
    path: address + (rule.query?.(place) ?? ""),
    headers: {
      ...(asker.token === null ? {} : { authorization: `Bearer ${asker.token}` }),
      ...(rule.body ? { "content-type": "application/json" } : {}),
      ...(["put", "patch", "delete"].includes(method) ? { "if-match": '"999"' } : {}),
    },
    body: rule.body ? JSON.stringify(rule.body(place)) : null,
  };
}

/** An answer without what differs between any two: the place's own names, the moment, the number of the job or run. */
function masked(answer: FuzzAnswer, place: Place): string {
  let text = answer.body.toString();
  const names = Object.values(place).sort((a, b) => b.length - a.length);
  for (const name of names) text = text.replaceAll(name, "…").replaceAll(encodeURIComponent(name), "…");
  return `${answer.status} ${text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, "…").replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "…")}`;
}

const codeOf = (answer: FuzzAnswer): string => /"code":"(\w+)"/.exec(answer.body.toString())?.[1] ?? "";

/** The status with which the door is shut; null where it is open. */
function statusAtDoor({ who, isNational }: AccessRule, { role, area }: Asker): number | null {
  if (role === "stranger") return 401;
  if (who === "anyone") return null;
  if (role === "nobody") return 401;
  return who.includes(role) && !(isNational && area !== null) ? null : 403;
}

/** What a cell's answer breaks: the door, what nobody may see, and that what one may not see is as if it were not there. */
export async function judgeCell(world: World, cell: Cell): Promise<string[]> {
  const { rule, asker, place } = cell;
  const request = requestOf(world, cell);
  const answer = await send(world.url, request);
  const faults: string[] = [];
  const where = `${rule.route} by ${asker.name} about ${place}`;
  const fault = judge(request, answer);
  if (fault !== null) faults.push(`${where}: ${fault}`);
  const expected = statusAtDoor(rule, asker);
  const code = codeOf(answer);
  if (expected !== null && answer.status !== expected) faults.push(`${where}: ${answer.status} ${code}, must be ${expected}`);
  if (expected === null && (answer.status === 401 || code === "not_allowed"))
    faults.push(`${where}: shut out with ${answer.status} ${code}`);
  const asked = request.path + (request.body ?? "");
  for (const canary of leaked(asker, world.canaries, asked, answer.body)) faults.push(`${where}: ${canary} comes out`);
  if (place === "other" && expected === null && asker.area !== null) {
    const blank = await send(world.url, requestOf(world, { ...cell, place: "nowhere" }));
    const [seen, none] = [masked(answer, placeOf(world, "other")), masked(blank, nowhere)];
    if (seen !== none) faults.push(`${where}: ${seen.slice(0, 260)}\n      but about nowhere: ${none.slice(0, 260)}`);
  }
  return faults;
}
