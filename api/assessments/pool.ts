import { setMaxListeners } from "node:events";
import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import { problem } from "../problem.ts";
import type { KernelName, Kernels, ThreadAnswer } from "./thread.ts";

/** Runs kernels in worker threads, so that the service answers while it thinks. */
export interface Pool {
  run<Name extends KernelName>(
    kernel: Name,
    parameters: Parameters<Kernels[Name]>,
    signal?: AbortSignal,
  ): Promise<ReturnType<Kernels[Name]>>;
  /**
   * Runs a kernel once for each part of a work, as many at a time as there are threads, and returns the results in the order of the parts.
   * Parts must not depend on the number of threads, so that the result does not either. Tells `onPart` how many are done; the signal ends all.
   */
  runParts<Name extends KernelName>(
    kernel: Name,
    parts: readonly Parameters<Kernels[Name]>[],
    watch?: { readonly signal?: AbortSignal | undefined; readonly onPart?: (done: number, of: number) => void },
  ): Promise<ReturnType<Kernels[Name]>[]>;
  close(): Promise<void>;
}

const refusals: Readonly<Record<string, readonly [string, string]>> = {
  too_few_areas: [
    "hanya {areas} wilayah punya data, perlu sekurangnya {needed}. Perluas wilayah atau muat penduduk.",
    "only {areas} areas have data, at least {needed} are needed. Widen the area or load population.",
  ],
  permutations_too_few: [
    "{permutations} permutasi tidak dapat mendukung koreksi ini ({atFloor} wilayah di batas bawah); perlu sekurangnya {needed}, batasnya {cap}. Pakai statistic exact, alpha lebih besar, atau correction fdr.",
    "{permutations} permutations cannot support this correction ({atFloor} areas at the floor); at least {needed} are needed, the limit is {cap}. Use statistic exact, a larger alpha, or correction fdr.",
  ],
  too_few_events: [
    "hanya {events} kejadian di {areas} wilayah: susunan apa pun tidak akan bermakna pada alpha {alpha} dengan correction {correction}. Perlu sekurangnya {needed}; perpanjang periode atau tambah isu.",
    "only {events} incidents in {areas} areas: no arrangement of them could be significant at alpha {alpha} with correction {correction}. At least {needed} are needed; choose a longer period or more issues.",
  ],
  nothing_attainable: [
    "{areas} wilayah terlalu sedikit: berapa pun kejadiannya, tidak ada yang dapat bermakna pada alpha {alpha} dengan correction {correction}. Perluas wilayah atau pakai statistic exact.",
    "{areas} areas are too few: whatever the number of incidents, none could be significant at alpha {alpha} with correction {correction}. Widen the area or use statistic exact.",
  ],
  no_neighbours: [
    "tidak satu pun dari {areas} wilayah punya tetangga. Muat batas wilayah yang bersambung, atau pakai weights.kind knn atau distance.",
    "none of the {areas} areas has a neighbour. Load boundaries that touch, or use weights.kind knn or distance.",
  ],
  no_events: [
    "tidak ada kejadian dalam periode dan saringan ini. Perpanjang periode.",
    "there are no incidents in this period and filter. Choose a longer period.",
  ],
  no_population: [
    "tidak ada wilayah dengan penduduk. Muat penduduk dahulu, atau pakai measure count.",
    "no area has a population. Load population first, or use measure count.",
  ],
  neighbourhood_too_large: [
    "satu wilayah punya {largest} tetangga, batasnya {limit}. Pakai bobot yang lebih sempit.",
    "one area has {largest} neighbours, the limit is {limit}. Use narrower weights.",
  ],
  too_few_steps: [
    "hanya {stepsWithEvents} dari {steps} langkah memuat kejadian, perlu sekurangnya {needed} untuk melihat kecenderungan. Perpanjang periode atau perpendek langkah.",
    "only {stepsWithEvents} of {steps} steps hold incidents, at least {needed} are needed to see a trend. Choose a longer period or shorter steps.",
  ],
  too_little_history: [
    "sebelum minggu yang dinilai baru ada {weeks} minggu, perlu sekurangnya {needed}: tanpa setahun, kenaikan tidak terbedakan dari musim.",
    "only {weeks} weeks are known before the week judged, at least {needed} are needed: without a year a rise cannot be told from a season.",
  ],
  too_many_points: [
    "{points} kejadian terlalu banyak untuk cara ini, batasnya {limit}. Persempit wilayah atau periode, atau pakai algorithm dbscan.",
    "{points} incidents are too many for this method, the limit is {limit}. Narrow the areas or the period, or use algorithm dbscan.",
  ],
  too_few_pairs: [
    "hanya {pairs} pasang kejadian cukup berdekatan (dari {points} kejadian), perlu sekurangnya {needed}. Perpanjang periode atau perbesar jarak.",
    "only {pairs} pairs of incidents are near enough (of {points} incidents), at least {needed} are needed. Choose a longer period or larger distances.",
  ],
  too_many_pairs: [
    "{pairs} pasang kejadian terlalu banyak untuk disimulasikan, batasnya {limit}. Perkecil jarak terbesar atau persempit wilayah.",
    "{pairs} pairs of incidents are too many to simulate, the limit is {limit}. Choose smaller distances or fewer areas.",
  ],
  simulations_too_few: [
    "dengan {simulations} simulasi tidak satu pun dari {cells} sel dapat bermakna pada alpha {alpha}; perlu sekurangnya {needed}.",
    "with {simulations} simulations none of the {cells} cells could be significant at alpha {alpha}; at least {needed} are needed.",
  ],
  scan_too_few_events: [
    "hanya {events} kejadian di wilayah yang ikut, pemindaian perlu sekurangnya {needed}. Perpanjang periode, tambah isu, atau kecilkan minimumCases.",
    "only {events} incidents in the areas that take part, a scan needs at least {needed}. Choose a longer period, more issues, or a smaller minimumCases.",
  ],
  scan_too_few_steps: [
    "model permutation membandingkan waktu, tetapi periode ini hanya {steps} langkah; perlu sekurangnya {needed}. Perpanjang periode, perpendek stepDays, atau pakai temporal true.",
    "the permutation model compares times, but this period has only {steps} steps; at least {needed} are needed. Choose a longer period, a shorter stepDays, or temporal true.",
  ],
  no_zones: [
    "tiap wilayah sendiri sudah melebihi maxPopulation {maxPopulation}. Perbesar maxPopulation atau pakai level yang lebih kecil.",
    "every area alone is over maxPopulation {maxPopulation}. Choose a larger maxPopulation or a smaller level.",
  ],
  zones_too_many: [
    "zona dari {areas} wilayah terlalu banyak: batasnya {limit}, tercapai pada wilayah ke-{reached}. Perkecil maxPopulation (atau maxAreas) atau wilayahnya.",
    "the zones of {areas} areas are too many: the limit is {limit}, reached at area {reached}. Choose a smaller maxPopulation (or maxAreas) or fewer areas.",
  ],
  points_coincide: [
    "semua {incidents} kejadian di satu tempat, jadi tidak ada lebar pita dari datanya. Beri bandwidthMetres.",
    "all {incidents} incidents lie in one place, so the points give no bandwidth. Give bandwidthMetres.",
  ],
  cell_too_large: [
    "sel {cellMetres} m terlalu besar untuk lebar pita {bandwidthMetres} m; paling besar {most} m.",
    "cells of {cellMetres} m are too large for a bandwidth of {bandwidthMetres} m; at most {most} m.",
  ],
  too_many_cells: [
    "{cells} sel, batasnya {most}. Pakai cellMetres sekurangnya {cellMetres} dan bandwidthMetres sekurangnya {bandwidthMetres}, atau wilayah yang lebih kecil.",
    "{cells} cells, the limit is {most}. Use a cellMetres of at least {cellMetres} and a bandwidthMetres of at least {bandwidthMetres}, or a smaller area.",
  ],
  density_too_fine: [
    "hitungan ini terlalu besar: sel terlalu kecil dibanding lebar pita. Pakai cellMetres sekurangnya {cellMetres}.",
    "this would take too long: cells are too small for the bandwidth. Use a cellMetres of at least {cellMetres}.",
  ],
  wrong_input: ["masukan {field} bernilai {value}.", "the input {field} is {value}."],
};

function refused(code: string, details: Readonly<Record<string, unknown>>): Error {
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? "?"));
  const [indonesian, english] = refusals[code] ?? [code, code];
  return problem("analysis_refused", { ...details, refusal: code, reason_id: fill(indonesian), reason_en: fill(english) });
}

/** A thread that was ended, or ended for lack of memory, under its work: nobody's fault who asked, and it may succeed later. */
function tellEnded(error: unknown): never {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const isEnded = code === "ERR_WORKER_OUT_OF_MEMORY" || /^(worker exited with code|Terminating worker thread)/.test(String(message));
  throw isEnded ? problem("calculation_ended", { seconds: 5 }) : error;
}

/** Opens a pool with as many threads as the machine has cores, at most `threads`. Threads start when first needed. */
export function openPool(threads = availableParallelism()): Pool {
  const piscina = new Piscina<unknown, ThreadAnswer>({
    filename: new URL("./startThread.mjs", import.meta.url).href,
    name: "work",
    minThreads: 1,
    maxThreads: Math.max(1, threads),
    // All but one end soon after their work, and their memory with them.
    idleTimeout: 10_000,
    // Most of what a kernel makes is soon forgotten: a larger nursery is collected less often.
    resourceLimits: { maxYoungGenerationSizeMb: 96 },
    // The thread that answers goes first.
    niceIncrement: 10,
  });
  // The answer of a part that was given up may be on its way when its thread is ended: it arrives as an error of the pool, which nobody else hears.
  // A thread that dies while it has work fails that work itself, and an idle one is replaced.
  piscina.on("error", () => undefined);
  const run: Pool["run"] = async (kernel, parameters, signal) => {
    const answer = await piscina.run({ kernel, parameters }, signal ? { signal } : {}).catch(tellEnded);
    if ("refusal" in answer) throw refused(answer.refusal.code, answer.refusal.details);
    return answer.value as never;
  };
  return {
    run,
    async runParts(kernel, parts, { signal, onPart } = {}) {
      // One part that fails ends the others: nobody waits for a result that will not be used.
      const failed = new AbortController();
      const ended = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
      // Every part listens, and they are many on purpose.
      setMaxListeners(0, ended);
      let done = 0;
      try {
        return await Promise.all(
          parts.map(async (parameters) => {
            const result = await run(kernel, parameters, ended);
            onPart?.(++done, parts.length);
            return result;
          }),
        );
      } catch (error) {
        failed.abort();
        throw error;
      }
    },
    close: () => piscina.destroy(),
  };
}
