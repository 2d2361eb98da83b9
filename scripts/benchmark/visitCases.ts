import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { RoutingProblem } from "../../api/analysis/planning/routingProblem.ts";
import { travelMinutesByDistance } from "../../api/analysis/planning/travelMinutes.ts";
import { createRandom } from "../../api/analysis/significance/random.ts";

interface Instance {
  readonly name: string;
  readonly teams: number;
  readonly tmax: number;
  readonly nodes: readonly (readonly [number, number, number])[];
  readonly best_known: number;
}

const published = resolve(import.meta.dirname, "../../../shared/reference/top/chao_set4_teams_2_3.json");

/** The published instances of set 4 with the best values known for them. */
export const publishedInstances = (): Instance[] => (JSON.parse(readFileSync(published, "utf8")) as { instances: Instance[] }).instances;

/** A published instance as a problem: visits take no time, and each route begins at the first node and ends at the last. */
export function problemOfInstance({ nodes, teams, tmax }: Instance): RoutingProblem {
  const places = nodes.length;
  const n = places - 2;
  const order = [...Array.from({ length: n }, (_, place) => place + 1), 0, places - 1];
  return {
    n,
    places,
    travelMinutes: Float64Array.from({ length: places * places }, (_, pair) => {
      const [a, b] = [nodes[order[Math.floor(pair / places)]!]!, nodes[order[pair % places]!]!];
      return Math.hypot(a[0] - b[0], a[1] - b[1]);
    }),
    gain: Float64Array.from({ length: n }, (_, place) => nodes[place + 1]![2]),
    visitMinutes: new Float64Array(n),
    startPlace: new Int32Array(teams).fill(n),
    endPlace: new Int32Array(teams).fill(n + 1),
    startsAtMinute: new Float64Array(teams),
    endsAtMinute: new Float64Array(teams).fill(tmax),
    opensAtMinute: new Float64Array(teams * n),
    closesAtMinute: new Float64Array(teams * n).fill(tmax),
  };
}

/** Villages drawn from real label points (or made ones), two teams, a day or two, and opening windows on a third of them. */
export function drawnProblem(seed: number, points: readonly (readonly [number, number])[], n: number): RoutingProblem {
  const random = createRandom(seed, 77);
  const chosen = Array.from({ length: n + 2 }, () => points[random.below(points.length)]!);
  const places = n + 2;
  const days = 1 + random.below(2);
  const routes = 2 * days;
  const hasWindow = Array.from({ length: n }, () => random.unit() < 1 / 3);
  const opens = Array.from({ length: n }, (_, place) => (hasWindow[place] ? 480 + random.below(200) : 0));
  return {
    n,
    places,
    travelMinutes: travelMinutesByDistance(
      {
        longitude: Float64Array.from(chosen, ([longitude]) => longitude),
        latitude: Float64Array.from(chosen, ([, latitude]) => latitude),
        speed: new Float64Array(places).fill(30),
      },
      1.4,
    ),
    gain: Float64Array.from({ length: n }, () => Math.round(1000 * random.unit() ** 2) / 10),
    visitMinutes: Float64Array.from({ length: n }, () => 30 + 15 * random.below(5)),
    startPlace: Int32Array.from({ length: routes }, (_, route) => n + (route % 2)),
    endPlace: Int32Array.from({ length: routes }, (_, route) => n + (route % 2)),
    startsAtMinute: new Float64Array(routes).fill(480),
    endsAtMinute: new Float64Array(routes).fill(480 + 60 * (4 + random.below(4))),
    opensAtMinute: Float64Array.from({ length: routes * n }, (_, at) => opens[at % n]!),
    closesAtMinute: Float64Array.from({ length: routes * n }, (_, at) => (hasWindow[at % n] ? opens[at % n]! + 120 : 1e9)),
  };
}
