import { request } from "../client.ts";

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

  /** Asks who is signed in. Throws RequestProblem. */
  async load(): Promise<void> {
    const answer = await request<SessionAnswer>("/api/session");
    this.person = answer.person;
    this.isDemo = answer.demo;
    this.isSetupOpen = answer.setupOpen;
    this.mustChangePassword = answer.mustChangePassword;
    this.openId = answer.openId;
    this.isLoaded = true;
  }

  /** Ends the session of this browser. */
  async signOut(): Promise<void> {
    await request("/api/session", { method: "DELETE" });
    await this.load();
  }

  /** Removes the demo region with all that is in it. */
  async removeDemo(): Promise<void> {
    await request("/api/demo", { method: "DELETE" });
    await this.load();
  }
}

/** Who is signed in in this browser. */
export const session = new Session();
