import { RequestProblem, request, requestRaw, withQuery, wordsOf } from "../../client.ts";

interface Listed {
  readonly run: string;
  readonly inputs: { readonly period?: { readonly from: string; readonly to: string }; readonly level?: string } | null;
}
interface JobStatus {
  readonly jobID: string;
  readonly status: "accepted" | "running" | "successful" | "failed" | "dismissed";
  readonly progress: number;
  readonly message: string;
}

const pollMilliseconds = 500;
const mostListed = 20;
const pause = (): Promise<void> => new Promise((done) => setTimeout(done, pollMilliseconds));

/** What one process has found about an area: the newest kept run, or one that is being computed now. */
export class Finding<Document> {
  readonly process: string;
  /** Inputs that make this question another than the same process asked otherwise. */
  private readonly own: Readonly<Record<string, unknown>>;
  document = $state.raw<Document | null>(null);
  state = $state<"unknown" | "looking" | "none" | "kept" | "running">("unknown");
  progress = $state(0);
  message = $state("");
  /** Why there is no answer, in words to be shown. */
  problem = $state<string | null>(null);
  private area: string | null = null;
  private job: string | null = null;

  constructor(process: string, own: Readonly<Record<string, unknown>> = {}) {
    this.process = process;
    this.own = own;
  }

  /** Looks for a kept run about an area: one of the same period where there is one, else the newest. Asked again of the same area it does nothing. */
  async look(area: string, period: { readonly from: string; readonly to: string }): Promise<void> {
    if (this.area === area) return;
    this.forget();
    this.area = area;
    this.state = "looking";
    try {
      const { runs } = await request<{ runs: Listed[] }>(withQuery("/api/runs", { process: this.process, area, limit: mostListed }));
      const fitting = runs.filter(({ inputs }) => Object.entries(this.own).every(([name, value]) => this.asked(inputs, name) === value));
      const same = fitting.find(({ inputs }) => inputs?.period?.from === period.from && inputs.period.to === period.to);
      const found = same ?? fitting[0];
      const document = found ? await request<Document>(`/api/runs/${encodeURIComponent(found.run)}`) : null;
      if (this.area !== area) return;
      this.document = document;
      this.state = document ? "kept" : "none";
    } catch (error) {
      if (this.area !== area) return;
      this.problem = wordsOf(error);
      this.state = "none";
      // Not for this person is no fault that asking again would mend; a lost connection is.
      if (error instanceof RequestProblem && (error.status === 0 || error.status >= 500)) this.area = null;
    }
  }

  private asked(inputs: Listed["inputs"], name: string): unknown {
    return (inputs as Record<string, unknown> | null)?.[name];
  }

  /** Has it computed as a job and follows the job to its end; a refusal becomes `problem`. */
  async compute(area: string, inputs: Readonly<Record<string, unknown>>): Promise<void> {
    this.area = area;
    this.problem = null;
    this.progress = 0;
    this.message = "";
    this.state = "running";
    try {
      const answer = await requestRaw(`/api/processes/${this.process}/execution`, {
        method: "POST",
        body: { inputs: { areas: [area], ...inputs, ...this.own } },
        headers: { Prefer: "respond-async", "Idempotency-Key": crypto.randomUUID() },
      });
      const { jobID } = (await answer.json()) as JobStatus;
      this.job = jobID;
      const ended = await this.follow(jobID);
      if (this.job !== jobID || this.area !== area) return;
      // A failed job's results are its problem, in the language of whoever asks.
      if (ended.status !== "dismissed") this.document = await request<Document>(`/api/jobs/${jobID}/results`);
    } catch (error) {
      if (this.area === area) this.problem = wordsOf(error);
    }
    if (this.area === area) {
      this.job = null;
      this.state = this.document ? "kept" : "none";
    }
  }

  private async follow(job: string): Promise<JobStatus> {
    for (;;) {
      const status = await request<JobStatus>(`/api/jobs/${job}`);
      if (!["accepted", "running"].includes(status.status) || this.job !== job) return status;
      this.progress = status.progress;
      this.message = status.message;
      await pause();
    }
  }

  /** Stops what is being computed. */
  async stop(): Promise<void> {
    const job = this.job;
    this.job = null;
    this.state = this.document ? "kept" : "none";
    if (job) await request(`/api/jobs/${job}`, { method: "DELETE" }).catch(() => undefined);
  }

  /** Another area is looked at: what was found is not of it. A job goes on and its run is kept. */
  forget(): void {
    this.area = null;
    this.job = null;
    this.document = null;
    this.problem = null;
    this.state = "unknown";
  }
}
