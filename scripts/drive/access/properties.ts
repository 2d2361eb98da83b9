import fc from "fast-check";
import { ask, type Door, lookAround } from "../fuzz/place.ts";
import { curlLine, send } from "../fuzz/request.ts";
import { anyRequest, operationsOf } from "../fuzz/requests.ts";
import { judge } from "../fuzz/verdict.ts";
import { leaked } from "./canaries.ts";
import type { World } from "./matrix.ts";

/** Ids and codes of the other kabupaten that must not come out unless they were asked for by name. */
const secretIds = ({ places: { other } }: World): string[] => [
  other.incident,
  other.other,
  other.report,
  other.attachment,
  other.potential,
  other.visit,
  other.agreement,
  other.mediator,
  other.team,
  other.plan,
  other.planRun,
  other.line,
  other.run,
  other.job,
];

/** Random questions by random people, with the ids of both kabupaten at hand: nothing of the other one and nothing protected may come out. */
export async function driveProperties(
  world: World,
  door: Door,
  { runs, seed, lanes = 8 }: { runs: number; seed: number; lanes?: number },
): Promise<string[]> {
  const operations = operationsOf(await ask<Parameters<typeof operationsOf>[0]>(door, "/api/openapi.json"));
  const found = await lookAround(door);
  const { own, other } = world.places;
  const known = {
    ...found,
    areas: [own.area, other.area, own.district, other.district, other.village, "99"],
    ids: {
      incidents: [own.incident, other.incident, other.other],
      reports: [own.report, other.report],
      potentials: [own.potential, other.potential],
      runs: [own.run, other.run],
      jobs: [own.job, other.job, other.importJob],
      roster: [own.line, other.line],
      attachments: [own.attachment, other.attachment],
    },
  };
  const askers = world.askers.filter(({ token, role }) => token !== null && role !== "stranger");
  // Whoever may change something here may not: a question that is accepted would change the world under the next.
  const reading = operations.filter(({ method, path }) => method === "GET" || path.endsWith("execution") || path.endsWith("search"));
  const each = askers.map((asker) => anyRequest(reading, known, asker.token as string));
  const faults: string[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let number = next++; number < runs; number = next++) {
      const asker = askers[number % askers.length];
      const arbitrary = each[number % askers.length];
      if (!asker || !arbitrary) return;
      const [request] = fc.sample(arbitrary, { seed: (Math.imul(seed, 0x9e3779b1) + number) | 0, numRuns: 1 });
      if (!request) return;
      const answer = await send(world.url, request);
      const asked = `${decodeURIComponent(request.path.replace(/%(?![0-9a-f]{2})/gi, "%25").replace(/%(f|e|c|d|8|9|a|b)/gi, "%25$1"))}${request.body ?? ""}`;
      const text = answer.body.toString("latin1");
      const out = [
        ...leaked(asker, world.canaries, asked, answer.body),
        ...(asker.area === null ? [] : secretIds(world)).filter((id) => text.includes(id) && !asked.includes(id)),
      ];
      const fault = answer.status === 503 ? null : judge(request, answer);
      if (out.length > 0 || fault !== null)
        faults.push(
          `seed ${seed} number ${number} by ${asker.name}: ${fault ?? `${out.join(", ")} came out`}\n    ${curlLine(world.url, request)}`,
        );
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return faults;
}
