import { travelMinutesByDistance } from "../analysis/planning/travelMinutes.ts";
import type { ResultDocument } from "../contract/processes.ts";
import type { Team, VisitPlanInputs } from "../contract/visitInputs.ts";
import { problem } from "../problem.ts";
import { labelPoints } from "../queries/samples.ts";
import type { Frame } from "./frame.ts";
import { roadMinutes } from "./roadService.ts";

/** All places of a plan: the candidates, then where teams begin and end. */
export interface VisitPlaces {
  /** Candidates by their code, bases as `base:NAME`, ends apart as `end:NAME`. */
  readonly names: readonly string[];
  readonly travelMinutes: Float64Array;
  /** Place of each team's start and end. */
  readonly startOf: Int32Array;
  readonly endOf: Int32Array;
  readonly madeBy: "given" | "distance" | "road" | "redo";
}

/** A place of a team: by its name on the plan, and where it is. */
interface Stand {
  readonly name: string;
  readonly at: string | readonly [number, number];
}

function standsOf(team: Team): { start: Stand; end: Stand } {
  const base = team.base;
  const start = team.start ?? base;
  const end = team.end ?? base;
  if (start === undefined || end === undefined)
    throw problem("invalid_input", { field: `teams.${team.name}.base`, value: undefined, expected: "base, start + end" });
  return {
    start: { name: `base:${team.name}`, at: start },
    end: start === end ? { name: `base:${team.name}`, at: end } : { name: `end:${team.name}`, at: end },
  };
}

/** Minutes between all places of a plan, from where the inputs say. @throws invalid_input for a place that is not there, road_service_absent or _failed. */
export async function readTravel(
  frame: Frame,
  inputs: VisitPlanInputs,
  codes: readonly string[],
  earlier: ResultDocument | null,
): Promise<VisitPlaces> {
  const stands = inputs.teams.map(standsOf);
  const extra = [...new Map(stands.flatMap(({ start, end }) => [start, end]).map((stand) => [stand.name, stand])).values()];
  const names = [...codes, ...extra.map(({ name }) => name)];
  const placeOf = new Map(names.map((name, place) => [name, place]));
  const made = await minutesBetween(frame, inputs, codes, extra, earlier);
  return {
    names,
    ...made,
    startOf: Int32Array.from(stands, ({ start }) => placeOf.get(start.name)!),
    endOf: Int32Array.from(stands, ({ end }) => placeOf.get(end.name)!),
  };
}

async function minutesBetween(
  frame: Frame,
  inputs: VisitPlanInputs,
  codes: readonly string[],
  extra: readonly Stand[],
  earlier: ResultDocument | null,
): Promise<Pick<VisitPlaces, "travelMinutes" | "madeBy">> {
  const kept = earlier?.travel;
  const names = extra.map(({ name }) => name);
  if (kept) return { travelMinutes: chosenMinutes(kept, [...codes, ...names], "teams"), madeBy: "redo" };
  if ("codes" in inputs.travel) {
    const wanted = [...codes, ...extra.map(({ name, at }) => (typeof at === "string" ? at : name))];
    return { travelMinutes: chosenMinutes(inputs.travel, wanted, "travel.codes"), madeBy: "given" };
  }
  const points = await pointsOf(frame, codes, extra);
  if (inputs.travel.kind === "road") {
    if (!frame.roadService) throw problem("road_service_absent", { field: "travel.kind", value: "road" });
    return { travelMinutes: await roadMinutes(frame.roadService, points, frame.signal), madeBy: "road" };
  }
  const { detourFactor, kilometresPerHour, speeds } = inputs.travel;
  const bySpecificity = Object.entries(speeds).sort(([a], [b]) => b.length - a.length);
  const speedOf = (code: string): number =>
    bySpecificity.find(([area]) => code === area || code.startsWith(`${area}.`))?.[1] ?? kilometresPerHour;
  const speed = [...codes.map(speedOf), ...extra.map(({ at }) => (typeof at === "string" ? speedOf(at) : kilometresPerHour))];
  const travelMinutes = travelMinutesByDistance(
    {
      longitude: Float64Array.from(points, ([longitude]) => longitude),
      latitude: Float64Array.from(points, ([, latitude]) => latitude),
      speed: Float64Array.from(speed),
    },
    detourFactor,
  );
  return { travelMinutes, madeBy: "distance" };
}

async function pointsOf(frame: Frame, codes: readonly string[], extra: readonly Stand[]): Promise<(readonly [number, number])[]> {
  const wanted = [...codes, ...extra.flatMap(({ at }) => (typeof at === "string" ? [at] : []))];
  const found = new Map((await labelPoints(frame.database, wanted)).map(({ code, lon, lat }) => [code, [lon, lat] as const]));
  return [
    ...codes.map((code) => found.get(code) ?? missing("areas", code)),
    ...extra.map(({ name, at }) =>
      typeof at === "string" ? (found.get(at) ?? missing(`teams.${name.slice(name.indexOf(":") + 1)}.base`, at)) : at,
    ),
  ];
}

function missing(field: string, value: string): never {
  throw problem("unknown_area", { field, value });
}

/** The rows and columns of a matrix that a plan needs, in its own order. @throws invalid_input for a matrix that is not square or lacks a place. */
function chosenMinutes(
  matrix: { readonly codes: readonly string[]; readonly minutes: readonly (readonly (number | null)[])[] },
  wanted: readonly string[],
  field: string,
): Float64Array {
  const side = matrix.codes.length;
  const crooked = matrix.minutes.length === side ? matrix.minutes.findIndex((row) => row.length !== side) : matrix.minutes.length;
  if (crooked >= 0)
    throw problem("invalid_input", {
      field: `travel.minutes.${crooked}`,
      value: matrix.minutes[crooked]?.length,
      expected: `${side} × ${side}`,
    });
  const at = new Map(matrix.codes.map((code, index) => [code, index]));
  const places = wanted.map((name) => at.get(name) ?? lacking(field, name));
  const minutes = new Float64Array(places.length ** 2);
  places.forEach((row, a) => {
    places.forEach((column, b) => {
      minutes[a * places.length + b] = matrix.minutes[row]?.[column] ?? Number.POSITIVE_INFINITY;
    });
  });
  return minutes;
}

function lacking(field: string, value: string): never {
  throw problem("invalid_input", { field, value, expected: "travel.codes" });
}
