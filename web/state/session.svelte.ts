import { RequestProblem, request } from "../client.ts";
import { departure } from "./departure.svelte.ts";
import { dropValue, keepValue, keptValue } from "./deviceStore.ts";

export interface Person {
  readonly name: string;
  readonly role: string;
  /** Codes, each covering all inside; null means everywhere. */
  readonly areas: readonly string[] | null;
}

interface SessionAnswer {
  readonly person: Person | null;
  readonly demo: boolean;
  readonly setupOpen: boolean;
  readonly mustChangePassword: boolean;
  readonly openId: string | null;
}

const keptName = "session";
const leavingKey = "waspada-leaving";

/** Whether a failure says that the service cannot be reached, not what it thinks. */
const isAway = (error: unknown): boolean => error instanceof RequestProblem && (error.status === 0 || error.status >= 502);

class Session {
  person = $state.raw<Person | null>(null);
  /** The data is the fictional demo region: every screen must say so. */
  isDemo = $state(false);
  /** Nobody has been set up yet; the one-time link is waiting. */
  isSetupOpen = $state(false);
  /** An admin reset the password: every other screen is closed until it is changed. */
  mustChangePassword = $state(false);
  /** What the provider is called that one may sign in by; null for none. */
  openId = $state<string | null>(null);
  isLoaded = $state(false);

  /** Nobody answers; the person is the one who was signed in here last. Only what works without the service is offered. */
  isKept = $state(false);

  /** Asks who is signed in; without a signal, takes the one who was signed in on this device last, and throws all the same. Throws RequestProblem. */
  async load(): Promise<void> {
    try {
      if (localStorage.getItem(leavingKey)) await this.end();
      this.take(await request<SessionAnswer>("/api/session"));
      this.isKept = false;
    } catch (error) {
      const kept = isAway(error) && !this.isLoaded && !localStorage.getItem(leavingKey) ? await keptValue<SessionAnswer>(keptName) : null;
      if (kept) {
        this.take(kept);
        this.isKept = true;
      }
      throw error;
    }
    // A browser that keeps nothing works as long as there is a signal.
    await (this.person ? keepValue(keptName, $state.snapshot(this.answer)) : dropValue(keptName)).catch(() => undefined);
  }

  private answer: SessionAnswer | null = null;

  private take(answer: SessionAnswer): void {
    this.answer = answer;
    // The same person again, as when a signal returns, must not begin a screen anew under what is being typed.
    if (JSON.stringify(answer.person) !== JSON.stringify(this.person)) this.person = answer.person;
    this.isDemo = answer.demo;
    this.isSetupOpen = answer.setupOpen;
    this.mustChangePassword = answer.mustChangePassword;
    this.openId = answer.openId;
    this.isLoaded = true;
  }

  private async end(): Promise<void> {
    try {
      await request("/api/session", { method: "DELETE", isBackground: true });
    } catch (error) {
      if (isAway(error)) throw error;
    }
    localStorage.removeItem(leavingKey);
  }

  /** Somebody has signed in: no leaving of somebody before is to be made up for. */
  enter(): Promise<void> {
    localStorage.removeItem(leavingKey);
    return this.load();
  }

  /** Ends the session of this browser, at the next signal where there is none now, and clears what this device keeps of the person. */
  async signOut(): Promise<void> {
    const leaving = this.person?.name ?? "";
    localStorage.setItem(leavingKey, "yes");
    await this.end().catch(() => window.addEventListener("online", () => void this.load().catch(() => undefined), { once: true }));
    await departure.begin(leaving);
    this.person = null;
    await this.load().catch(() => undefined);
  }

  /** Removes the demo region with all that is in it. */
  async removeDemo(): Promise<void> {
    await request("/api/demo", { method: "DELETE" });
    await this.load();
  }
}

/** Who is signed in in this browser. */
export const session = new Session();
