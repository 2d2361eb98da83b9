import { clearPerson, dropValue, keepValue, keptValue, waitingByPerson } from "./deviceStore.ts";
import { outbox } from "./outbox.svelte.ts";

interface KeptDeparture {
  readonly person: string;
  readonly unsent: number;
  readonly clearsAt: number;
}

const keptName = "departure";
const graceMilliseconds = 60_000;

/** Drafts that are being written lie beside the store, where they can be kept at every key. */
function dropDrafts(): void {
  for (const key of Object.keys(localStorage)) if (/^waspada-(draft|place)-/.test(key)) localStorage.removeItem(key);
}

/**
 * Somebody signed out on this device. All that it keeps of the person goes: at once, but reports that were never sent stay for a minute, in which they can be kept
 * for the next time. A browser that is closed meanwhile does the rest when it is opened again.
 */
class Departure {
  person = $state<string | null>(null);
  unsent = $state(0);
  /** When the unsent reports go, in milliseconds since 1970; null once they are to stay. */
  clearsAt = $state<number | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  async begin(person: string): Promise<void> {
    outbox.close();
    dropDrafts();
    try {
      const unsent = (await waitingByPerson()).get(person) ?? 0;
      await clearPerson(person, unsent > 0);
      if (unsent > 0) await this.#wait({ person, unsent, clearsAt: Date.now() + graceMilliseconds });
    } catch {
      // No store, nothing kept.
    }
  }

  /** Goes on with a departure that a closed browser cut short. */
  async resume(): Promise<void> {
    const kept = await keptValue<KeptDeparture>(keptName);
    if (kept) await this.#wait(kept).catch(() => undefined);
  }

  /** Keeps the unsent reports until the person signs in here again. */
  async undo(): Promise<void> {
    clearTimeout(this.#timer);
    this.clearsAt = null;
    await dropValue(keptName);
  }

  async #wait(kept: KeptDeparture): Promise<void> {
    this.person = kept.person;
    this.unsent = kept.unsent;
    this.clearsAt = kept.clearsAt;
    await keepValue(keptName, kept);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#clear(), Math.max(0, kept.clearsAt - Date.now()));
  }

  async #clear(): Promise<void> {
    const { person } = this;
    this.person = null;
    this.clearsAt = null;
    if (person !== null) await clearPerson(person, false).catch(() => undefined);
  }
}

/** The last signing out on this device, while it can still be taken back. */
export const departure = new Departure();
