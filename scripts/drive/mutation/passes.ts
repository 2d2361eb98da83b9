import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Lane, openLane } from "./lane.ts";
import { filesBeneath, type Project } from "./modules.ts";
import type { Probed } from "./reach.ts";
import type { Answer, ThreadData } from "./thread.ts";

/** One run of a test file with a single test, or with none: what the file itself passes while it is read. */
export interface Passed {
  readonly number: number | null;
  /** Each as "file:number of the place in the file". */
  readonly places: readonly string[];
  readonly milliseconds: number;
}

/** Why a file is left out that may be green: what it would kill counts as survived, so that the score is at least as high with it. */
export const tooSlow = "takes too long, or breaks its thread";

type Files = ReadonlyMap<string, Probed & { readonly first: number }>;

const longestMs = 60_000;
const longestReadingMs = 100;
/** A single test that takes more than this and half of its whole file shares what takes long with the others. */
const longestShareMs = 5000;

/**
 * Every test alone, on freshly evaluated kernels: what one test keeps for the next is so counted for both. A file that works long before its
 * first test is taken as one. What a test file passes is kept in the folder until the file, or one that it imports, changes.
 */
export async function passesOf(
  data: ThreadData,
  tests: readonly string[],
  files: Files,
  folder: string | undefined,
): Promise<{ green: { test: string; passed: readonly Passed[] }[]; leftOut: string[] }> {
  let lane: Lane | undefined;
  const leftOut: string[] = [];
  const green: { test: string; passed: readonly Passed[] }[] = [];
  if (folder) mkdirSync(folder, { recursive: true });
  for (const test of tests) {
    const keptAt = folder && join(folder, `${fingerprint(data.project, test)}.json`);
    if (keptAt && existsSync(keptAt)) {
      const passed = JSON.parse(readFileSync(keptAt, "utf8")) as Passed[];
      if (passed.length > 0) green.push({ test, passed });
      else leftOut.push(`${test}: ${tooSlow}`);
      continue;
    }
    lane ??= openLane(data, 1);
    const passed = await passedBy(lane, test, files);
    if (typeof passed === "string") {
      leftOut.push(`${test}: ${passed}`);
      if (keptAt && passed === tooSlow) writeFileSync(keptAt, "[]");
    } else {
      green.push({ test, passed });
      if (keptAt) writeFileSync(keptAt, JSON.stringify(passed));
    }
  }
  await lane?.close();
  return { green, leftOut };
}

/** The runs of one file, or why it fails without any mutant. */
async function passedBy(lane: Lane, test: string, files: Files): Promise<Passed[] | string> {
  const told = (run: Answer, number: number | null): Passed => ({
    number,
    places: placesOf(run.reached, files),
    milliseconds: run.milliseconds,
  });
  const whole = await lane.run({ test }, longestMs);
  if (whole === null) return tooSlow;
  const red = whole.tests.find(({ state }) => state === "fail");
  if (whole.broken !== null) return whole.broken;
  if (red) return `"${red.name}" fails: ${red.fault}`;
  const alone = await lane.run({ test, only: [] }, longestMs);
  if (!alone || alone.milliseconds > longestReadingMs) return [told(whole, null)];
  const passed = [told(alone, null)];
  for (const [number, { state }] of whole.tests.entries()) {
    const single = state === "pass" ? await lane.run({ test, only: [number] }, longestMs) : null;
    if (!single) continue;
    if (single.milliseconds > Math.max(longestShareMs, whole.milliseconds / 2) && whole.tests.length > 1) return [told(whole, null)];
    passed.push(told(single, number));
  }
  return passed;
}

function placesOf(reached: Uint8Array, files: Files): string[] {
  return [...files].flatMap(([path, { first, places }]) => places.flatMap((_, at) => (reached[first + at] ? [`${path}:${at}`] : [])));
}

/** Of a test file, of all that it imports near and far, and of how they are run. Packages and files it reads do not count. */
function fingerprint(project: Project, test: string): string {
  const hash = createHash("sha256").update(readFileSync(new URL("./thread.ts", import.meta.url)));
  // Probes are numbered over all files: only where they stand counts.
  for (const path of [...filesBeneath(project, test)].sort())
    hash.update(`\0${path}\0${project.modules[path]?.code.replaceAll(/\$reached\[\d+\]/g, "$reached") ?? ""}`);
  return hash.digest("hex").slice(0, 32);
}
