import type { ImportReport } from "../../../api/contract/importReport.ts";
import { type Life, startLife } from "../service/life.ts";
import { type Kind, type RoundFile, roundFile } from "./files.ts";
import { shownState } from "./state.ts";

/** One import cut off, and what was found afterwards. */
export interface Verdict {
  readonly kind: Kind;
  readonly round: number;
  readonly killedAfterMs: number;
  /** What the job said it was doing last, or that it was not acknowledged yet. */
  readonly at: string;
  /** How the job ended after the restart. */
  readonly job: string;
  /** What was wrong; empty where nothing was. */
  readonly faults: readonly string[];
}

const pollMs = 50;
const patienceMs = 240_000;

interface JobDocument {
  readonly jobID: string;
  readonly status: string;
  readonly message: string;
  readonly processID: string;
}

const sleep = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));

async function send(life: Life, kind: Kind, file: RoundFile): Promise<string> {
  const query = new URLSearchParams({ ...file.query, name: file.name });
  const answer = await life.ask(`/api/imports/${kind}?${query}`, {
    method: "POST",
    body: file.text,
    headers: { "Content-Type": "application/octet-stream" },
  });
  if (answer.status !== 201) throw new Error(await answer.text());
  return ((await answer.json()) as JobDocument).jobID;
}

const jobOf = async (life: Life, id: string): Promise<JobDocument> => (await (await life.ask(`/api/jobs/${id}`)).json()) as JobDocument;

/** Waits until the job has ended; a job that runs for ever is told as such. */
async function ended(life: Life, id: string): Promise<JobDocument> {
  for (const began = Date.now(); ; await sleep(pollMs)) {
    const job = await jobOf(life, id);
    if (["successful", "failed", "dismissed"].includes(job.status)) return job;
    if (Date.now() - began > patienceMs) return { ...job, status: `still ${job.status}` };
  }
}

async function loadWhole(life: Life, kind: Kind, file: RoundFile): Promise<ImportReport> {
  const id = await send(life, kind, file);
  const job = await ended(life, id);
  if (job.status !== "successful") throw new Error(`${file.name}: ${job.status} ${job.message}`);
  return (await (await life.ask(`/api/jobs/${id}/results`)).json()) as ImportReport;
}

/** Imports cut off one after another on one database. Has a life: it knows the service that runs and what was stored last. */
export class Trials {
  readonly #environment: Readonly<Record<string, string>>;
  readonly #size: { readonly villages: number; readonly incidents: number };
  #life: Life | null = null;
  readonly #round = new Map<Kind, number>();
  readonly #usualMs = new Map<Kind, number>();

  constructor(environment: Readonly<Record<string, string>>, size: { readonly villages: number; readonly incidents: number }) {
    this.#environment = environment;
    this.#size = size;
  }

  /** Loads the first round of every kind undisturbed, which tells how long each takes. */
  async begin(): Promise<void> {
    this.#life = await startLife(this.#environment);
    for (const kind of ["boundaries", "incidents", "indicators"] as const) {
      const start = performance.now();
      await loadWhole(this.#life, kind, this.#next(kind));
      this.#usualMs.set(kind, performance.now() - start);
    }
  }

  async end(): Promise<void> {
    await this.#life?.stop();
  }

  #next(kind: Kind): RoundFile {
    const round = (this.#round.get(kind) ?? 0) + 1;
    this.#round.set(kind, round);
    return roundFile(kind, round, this.#size);
  }

  /** Kills one import at `share` of the time that such an import took, starts again, and looks. A share may exceed 1. */
  async kill(kind: Kind, share: number): Promise<Verdict> {
    const faults: string[] = [];
    const before = this.#life!;
    const file = this.#next(kind);
    const round = this.#round.get(kind)!;
    const rows = file.rows;
    const [old, fresh] = kind === "incidents" ? [`${round - 1} whole`, `${round} whole`] : [`round ${round - 1}`, `round ${round}`];
    const killedAfterMs = Math.round(share * this.#usualMs.get(kind)!);
    let id: string | null = null;
    let at = "not acknowledged";
    const watching = (async () => {
      id = await send(before, kind, file);
      for (;;) {
        const job = await jobOf(before, id);
        at = `${job.status} ${job.message}`;
        await sleep(pollMs);
      }
    })().catch(() => undefined);
    await sleep(killedAfterMs);
    await before.kill();
    await watching;

    const life = await startLife(this.#environment);
    this.#life = life;
    let restarted = await shownState(life, kind, rows);
    // The job is at work again: an answer put together from several readings may straddle its commit, what is stored by halves stays so.
    if (restarted !== old && restarted !== fresh) restarted = await shownState(life, kind, rows);
    if (restarted !== old && restarted !== fresh) faults.push(`after the restart ${restarted}`);
    const jobs = ((await (await life.ask("/api/jobs")).json()) as { jobs: JobDocument[] }).jobs;
    const open = jobs.find((job) => ["accepted", "running"].includes(job.status) && job.processID.startsWith("import"))?.jobID;
    const known = id ?? open ?? null;
    const job = known ? await ended(life, known) : null;
    if (job && job.status !== "successful" && !(job.status === "failed" && job.message !== "")) faults.push(`job ${job.status}`);
    const resumed = await shownState(life, kind, rows);
    const expected = job?.status === "successful" ? fresh : restarted;
    if (resumed !== expected) faults.push(`after the job ${resumed}, expected ${expected}`);
    faults.push(...(await this.#again(kind, file, resumed === fresh)));
    const final = await shownState(life, kind, rows);
    if (final !== fresh) faults.push(`in the end ${final}`);
    return { kind, round, killedAfterMs, at, job: job ? job.status : "none", faults };
  }

  /** The same file again: accepted where it is not there yet, then unchanged. */
  async #again(kind: Kind, file: RoundFile, isThere: boolean): Promise<string[]> {
    const faults: string[] = [];
    for (const isStored of isThere ? [true] : [false, true]) {
      const { accepted, unchanged, rejected, queued } = await loadWhole(this.#life!, kind, file);
      const wanted = isStored ? unchanged : accepted;
      if (wanted !== file.rows || accepted + unchanged !== file.rows || rejected + queued > 0)
        faults.push(`again: ${accepted} accepted, ${unchanged} unchanged, ${rejected} rejected of ${file.rows}`);
    }
    return faults;
  }
}
