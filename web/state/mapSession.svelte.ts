import { wordsOf } from "../client.ts";
import { areas } from "./areas.svelte.ts";
import { coverage } from "./coverage.svelte.ts";
import { events } from "./events.svelte.ts";
import { firstMap } from "./firstMap.ts";
import { listenToService } from "./live.ts";
import { potentials } from "./potentials.svelte.ts";
import { taxonomy } from "./taxonomy.svelte.ts";
import { values } from "./values.svelte.ts";
import { view } from "./view.svelte.ts";

class MapSession {
  /** Loading of the chosen area. */
  state = $state<"loading" | "ready" | "error">("loading");
  problem = $state<string | null>(null);
  isConnected = $state(true);
  private isBegun = false;
  private isShown = false;
  private areasAhead: Promise<void> | null = null;
  private ahead: { readonly area: string; readonly done: Promise<void> } | null = null;

  /** Asks, once, for all that the first map needs while the screen that shows it is still on its way. */
  fetchAhead(): void {
    if (this.isBegun) return;
    this.isBegun = true;
    const begin = (area: string): void => {
      this.ahead = { area, done: this.load(area) };
    };
    const { area } = view;
    if (area) begin(area);
    this.areasAhead = areas.load().then(() => {
      // A screen that is there by now loads the area by itself.
      if (!this.isShown && view.area && view.area !== area) begin(view.area);
    });
  }

  /** Loads the areas, unless that has been asked for ahead. */
  loadAreas(): Promise<void> {
    this.isBegun = true;
    this.isShown = true;
    const loading = this.areasAhead ?? areas.load();
    this.areasAhead = null;
    return loading;
  }

  /** Loads everything about an area. */
  async load(area: string): Promise<void> {
    const { ahead } = this;
    this.ahead = null;
    if (ahead?.area === area) return ahead.done;
    this.state = "loading";
    this.problem = null;
    if (values.names && !values.names.areaSet.startsWith(`${area}~`)) {
      values.clear();
      events.clear();
    }
    try {
      // What colours the map has the line for itself; dots, lists and labels of villages come after it.
      const coloured = values.load(area).then(() => firstMap.wait());
      const others = coloured.then(() => Promise.all([taxonomy.load(), potentials.load(area)]));
      await Promise.all([coloured, events.load(area, coloured), areas.loadParts(area, coloured), others]);
      if (view.area === area) this.state = "ready";
    } catch (error) {
      if (view.area !== area) return;
      this.problem = wordsOf(error);
      this.state = "error";
    }
  }

  /** Loads events again, as after a new report or another filter. What is on the map stays until the answer is there. */
  async reloadEvents(): Promise<void> {
    if (view.area === null) return;
    try {
      await events.load(view.area);
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }

  private async reloadValues(): Promise<void> {
    if (view.area === null) return;
    try {
      await values.refresh(view.area);
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }

  /** Follows what the service announces until the returned function is called. */
  follow(): () => void {
    let wasLost = false;
    return listenToService({
      onIncident: () => {
        void this.reloadEvents();
        coverage.again();
      },
      onRun: () => {
        void this.reloadValues();
        void potentials.load();
        coverage.again();
      },
      onImport: () => void areas.load().then(() => (view.area === null ? undefined : this.load(view.area))),
      onLine: (isUp) => {
        this.isConnected = isUp;
        if (isUp && wasLost) void Promise.all([this.reloadEvents(), this.reloadValues()]);
        wasLost = !isUp;
      },
    });
  }
}

/** Loading and following of what the map screen shows. */
export const mapSession = new MapSession();
