import { appUpdate } from "./appUpdate.svelte.ts";
import { departure } from "./departure.svelte.ts";
import { devicePlaces } from "./devicePlaces.svelte.ts";
import { outbox } from "./outbox.svelte.ts";
import type { Person } from "./session.svelte.ts";

/** Goes on with what this device has to do of itself, whoever is signed in. */
export function beginOnDevice(): void {
  void departure.resume();
  window.addEventListener("load", () => void appUpdate.register());
}

/** Takes up what a person left on this device, and has it sent from whichever screen is open. */
export function workFor(person: Person): void {
  if (person.role === "viewer") return;
  void outbox.open(person.name);
  void devicePlaces.load(person.areas).catch(() => undefined);
}
