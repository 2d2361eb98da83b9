import { request, wordsOf } from "../../client.ts";
import { t } from "../../text/text.svelte.ts";
import type { JobStatus } from "../fileLoading.svelte.ts";

interface Sentence {
  readonly id: string;
  readonly en: string;
}
interface EffectDocument {
  readonly run: string;
  readonly dataAsOf: string;
  readonly summary: Readonly<Record<string, unknown>>;
}

const address = "/api/processes/visit-effect/execution";
const pollMilliseconds = 500;
const isSentence = (value: unknown): value is Sentence => typeof value === "object" && value !== null && "id" in value && "en" in value;

/** Every sentence that a result tells, wherever in its summary it stands at the top or in a list. */
function sentencesIn(summary: Readonly<Record<string, unknown>>): Sentence[] {
  return Object.values(summary).flatMap((value) => (Array.isArray(value) ? value.filter(isSentence) : isSentence(value) ? [value] : []));
}

class VisitEffect {
  document = $state.raw<EffectDocument | null>(null);
  isBusy = $state(false);
  progress = $state(0);
  problem = $state<string | null>(null);
  readonly sentences = $derived(sentencesIn(this.document?.summary ?? {}));

  /** Runs the process for an area and follows it until it has ended. */
  async run(area: string): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.progress = 0;
    this.problem = null;
    try {
      const sent = await request<JobStatus>(address, {
        method: "POST",
        body: { inputs: { areas: [area] } },
        headers: { Prefer: "respond-async" },
      });
      for (let job = sent; ; ) {
        if (job.status === "successful") break;
        if (job.problem || job.status === "dismissed") throw new Error(job.problem?.detail ?? t("catatan.effectFailed"));
        await new Promise((done) => setTimeout(done, pollMilliseconds));
        job = await request<JobStatus>(`/api/jobs/${sent.jobID}`);
        this.progress = job.progress;
      }
      this.document = await request<EffectDocument>(`/api/jobs/${sent.jobID}/results`);
    } catch (error) {
      this.problem = wordsOf(error);
    } finally {
      this.isBusy = false;
    }
  }
}

/** Whether visits helped, as far as it can be told. */
export const visitEffect = new VisitEffect();
