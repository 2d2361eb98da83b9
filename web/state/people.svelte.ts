import type { PersonJson, RoleName, SessionJson, TokenJson } from "../../api/contract/people.ts";
import { request } from "../client.ts";
import type { TextKey } from "../text/text.svelte.ts";

interface PeoplePage {
  readonly numberMatched: number;
  readonly people: readonly PersonJson[];
  readonly links: readonly { readonly href: string }[];
}

/** What the word of each role is called. */
export const roleWords: Readonly<Record<RoleName, TextKey>> = {
  reporter: "admin.roleReporter",
  partner: "admin.rolePartner",
  viewer: "admin.roleViewer",
  analyst: "admin.roleAnalyst",
  leader: "admin.roleLeader",
  verifier: "admin.roleVerifier",
  admin: "admin.roleAdmin",
};

/** Codes as they are typed: with commas, blanks or both. */
export const codesOf = (typed: string): string[] => typed.split(/[\s,;]+/).filter(Boolean);

export const addressOfPerson = (name: string): string => `/api/users/${encodeURIComponent(name)}`;

/** The people whom the admin manages, as far as they have been fetched. */
export class People {
  list = $state.raw<readonly PersonJson[]>([]);
  matched = $state(0);
  next = $state<string | null>(null);
  chosenName = $state<string | null>(null);

  get chosen(): PersonJson | null {
    return this.list.find(({ name }) => name === this.chosenName) ?? null;
  }

  async load(): Promise<void> {
    this.list = [];
    await this.#append("/api/users");
  }

  async more(): Promise<void> {
    if (this.next) await this.#append(this.next);
  }

  async add(sent: object): Promise<void> {
    const made = await request<PersonJson>("/api/users", { method: "POST", body: sent });
    await this.load();
    if (!this.list.some(({ name }) => name === made.name)) this.list = [made, ...this.list];
    this.chosenName = made.name;
  }

  async change(name: string, sent: object): Promise<void> {
    this.#put(await request<PersonJson>(addressOfPerson(name), { method: "PATCH", body: sent }));
  }

  /** Does what answers nothing (`/sessions`, `/totp`) and reads the person anew. */
  async end(name: string, what: "sessions" | "totp"): Promise<void> {
    await request(`${addressOfPerson(name)}/${what}`, { method: "DELETE" });
    this.#put(await request<PersonJson>(addressOfPerson(name)));
  }

  async remove(name: string): Promise<void> {
    await request(addressOfPerson(name), { method: "DELETE" });
    this.chosenName = null;
    await this.load();
  }

  #put(changed: PersonJson): void {
    this.list = this.list.map((person) => (person.name === changed.name ? changed : person));
  }

  async #append(path: string): Promise<void> {
    const page = await request<PeoplePage>(path);
    this.list = [...this.list, ...page.people];
    this.matched = page.numberMatched;
    const next = page.links[0]?.href;
    this.next = next ? next.slice(new URL(next).origin.length) : null;
  }
}

/** The tokens at an address: one's own, or those of a person whom the admin manages. */
export class Tokens {
  readonly #base: string;
  list = $state.raw<readonly TokenJson[]>([]);
  /** The token that was just made, told this once. */
  made = $state<string | null>(null);

  constructor(base: string) {
    this.#base = base;
  }

  async load(): Promise<void> {
    this.list = (await request<{ tokens: TokenJson[] }>(this.#base)).tokens;
  }

  async make(sent: object): Promise<void> {
    this.made = (await request<{ token: string }>(this.#base, { method: "POST", body: sent })).token;
    await this.load();
  }

  async revoke(id: string): Promise<void> {
    await request(`${this.#base}/${id}`, { method: "DELETE" });
    await this.load();
  }
}

/** The open sessions at an address. */
export class Sessions {
  readonly #base: string;
  list = $state.raw<readonly SessionJson[]>([]);

  constructor(base: string) {
    this.#base = base;
  }

  async load(): Promise<void> {
    this.list = (await request<{ sessions: SessionJson[] }>(this.#base)).sessions;
  }

  /** Ends one session, or all others. */
  async end(id: string | null): Promise<void> {
    await request(id === null ? this.#base : `${this.#base}/${id}`, { method: "DELETE" });
    await this.load();
  }
}
