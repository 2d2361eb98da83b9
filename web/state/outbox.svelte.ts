import { dropReport, keepReport, keptReports } from "./deviceStore.ts";
import type { QueuedReport } from "./queuedReport.ts";
import { sendOnce, type Verdict } from "./sending.ts";

const firstWaitSeconds = 1;
const longestWaitSeconds = 60;
const sentShown = 20;
const lockName = "waspada-outbox";

/** Seconds until the next attempt after so many failures in a row: doubling from one second to a minute, spread by a quarter so that phones do not come back together. */
export function waitSeconds(failures: number, random: () => number): number {
  const seconds = Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** Math.max(0, failures - 1));
  return seconds * (0.75 + random() * 0.5);
}

/** Reports of one person on this device, and their way to the service. */
export class Outbox {
  reports = $state.raw<readonly QueuedReport[]>([]);
  isSending = $state(false);
  /** The session has ended; everything waits until this person is signed in again. */
  needsSignIn = $state(false);
  /** The last attempt reached nobody. */
  isUnreached = $state(false);
  isOnline = $state(navigator.onLine);
  /** The last one that was thrown away, to be taken back. */
  discarded = $state.raw<QueuedReport | null>(null);
  #person: string | null = null;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run: Promise<void> | null = null;
  #told: BroadcastChannel | null = null;

  readonly unsent = $derived(this.reports.filter((report) => report.state !== "sent"));
  readonly waiting = $derived(this.reports.filter((report) => report.state === "waiting"));
  readonly lastSentAt = $derived(
    this.reports.reduce<string | null>((last, { sentAt }) => (sentAt !== null && (last === null || sentAt > last) ? sentAt : last), null),
  );

  constructor() {
    window.addEventListener("offline", () => {
      this.isOnline = false;
    });
    window.addEventListener("online", () => {
      this.isOnline = true;
      void this.send();
    });
    // A phone that slept had no timers.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") void this.send();
    });
  }

  /** Nothing can be sent at the moment. */
  get hasNoSignal(): boolean {
    return !this.isOnline || this.isUnreached;
  }

  /** Takes up what this person left on this device, and sends it. */
  async open(person: string): Promise<void> {
    if (this.#person !== person) this.close();
    this.#person = person;
    this.needsSignIn = false;
    this.#told ??= typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(lockName);
    if (this.#told) this.#told.onmessage = () => void this.#read();
    await this.#read();
    void this.send();
  }

  /** Shows and sends nothing any more; what waits stays on the device. */
  close(): void {
    clearTimeout(this.#timer);
    this.#told?.close();
    this.#told = null;
    this.#person = null;
    this.#failures = 0;
    this.reports = [];
    this.discarded = null;
    this.isUnreached = false;
  }

  /** Keeps a report on the device. Throws where the device keeps nothing. */
  async put(report: QueuedReport): Promise<void> {
    await keepReport(report);
    await this.#changed();
  }

  /** Throws a report away; `takeBack` undoes it. */
  async discard(id: string): Promise<void> {
    this.discarded = this.reports.find((report) => report.id === id) ?? null;
    await this.take(id);
  }

  async takeBack(): Promise<void> {
    const { discarded } = this;
    this.discarded = null;
    if (discarded) await this.put(discarded);
    void this.send();
  }

  /** Takes a report out of the queue, into the form. */
  async take(id: string): Promise<QueuedReport | null> {
    const report = this.reports.find((other) => other.id === id) ?? null;
    await dropReport(id);
    await this.#changed();
    return report;
  }

  /** Sends everything that waits, now, one after the other, `first` before all others. Goes on by itself when nobody answers. */
  async send(first: string | null = null): Promise<void> {
    if (this.#person === null) return;
    clearTimeout(this.#timer);
    // Of what is under way nobody knows whether it had seen the newest report.
    await this.#run;
    this.#run ??= this.#alone(() => this.#sendAll(first)).finally(() => {
      this.#run = null;
    });
    await this.#run;
  }

  /** Sends a refused report once more: in place of what the service has under its number, or under a new one. */
  async insist(report: QueuedReport, how: { readonly etag: string } | { readonly id: string }): Promise<void> {
    await dropReport(report.id);
    await this.put({ ...report, ...how, state: "waiting", problem: null, mayBeStored: false, isEdited: false });
    void this.send();
  }

  /** One window of the browser sends at a time; the others hear of it. */
  async #alone(work: () => Promise<void>): Promise<void> {
    if (!("locks" in navigator)) return work();
    await navigator.locks.request(lockName, { ifAvailable: true }, async (lock) => {
      if (lock) await work();
      else this.#later();
    });
  }

  async #sendAll(first: string | null): Promise<void> {
    await this.#read();
    const waiting = [...this.waiting].sort((a, b) => Number(b.id === first) - Number(a.id === first));
    this.isSending = waiting.length > 0;
    try {
      for (const report of waiting) {
        let current = report;
        let verdict = await this.#sendOne(current);
        while (verdict.kind === "stored") {
          current = { ...current, storedAs: verdict.storedAs, body: null };
          verdict = await this.#sendOne(current);
        }
        this.isUnreached = verdict.kind === "wait" && verdict.isUnreached;
        this.needsSignIn = verdict.kind === "signIn";
        if (verdict.kind === "signIn") return;
        if (verdict.kind === "wait") {
          this.#failures += 1;
          this.#later(verdict.seconds);
          return;
        }
        this.#failures = 0;
      }
    } finally {
      this.isSending = false;
    }
  }

  async #sendOne(report: QueuedReport): Promise<Verdict> {
    // Written down before it is sent: a browser that ends here knows at its next start that the service may have it.
    if (!report.mayBeStored) await keepReport({ ...report, mayBeStored: true, attempts: report.attempts + 1 });
    const verdict = await sendOnce(report);
    const tried = { ...report, mayBeStored: true, attempts: report.attempts + 1 };
    if (verdict.kind === "sent")
      await keepReport({ ...tried, state: "sent", sentAt: new Date().toISOString(), body: null, draft: null, photos: [], problem: null });
    else if (verdict.kind === "stored") await keepReport({ ...tried, storedAs: verdict.storedAs, body: null });
    else if (verdict.kind === "refused")
      // A refusal says that this sending kept nothing; an earlier one may still have.
      await keepReport({ ...tried, mayBeStored: report.mayBeStored, state: "refused", problem: verdict.problem });
    else await keepReport(tried);
    await this.#changed();
    return verdict;
  }

  #later(seconds: number | null = null): void {
    clearTimeout(this.#timer);
    const wait = Math.max(seconds ?? 0, waitSeconds(this.#failures, Math.random));
    this.#timer = setTimeout(() => void this.send(), wait * 1000);
  }

  async #changed(): Promise<void> {
    this.#told?.postMessage("changed");
    await this.#read();
  }

  async #read(): Promise<void> {
    const person = this.#person;
    if (person === null) return;
    const reports = await keptReports(person).catch(() => []);
    if (this.#person !== person) return;
    const sent = reports.filter((report) => report.state === "sent");
    const old = sent.slice(0, Math.max(0, sent.length - sentShown));
    for (const { id } of old) void dropReport(id).catch(() => undefined);
    this.reports = reports.filter((report) => !old.includes(report));
  }
}

/** What the person who is signed in filed on this device. */
export const outbox = new Outbox();
