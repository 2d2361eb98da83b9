import { wordsOf } from "../client.ts";
import { areas } from "./areas.svelte.ts";
import { coverage } from "./coverage.svelte.ts";
import { events } from "./events.svelte.ts";
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

  /** Loads everything about an area. */
  async load(area: string): Promise<void> {
    this.state = "loading";
    this.problem = null;
    if (values.names && !values.names.areaSet.startsWith(`${area}~`)) {
      values.clear();
      events.clear();
    }
    try {
      await Promise.all([values.load(area), events.load(area), areas.loadParts(area), taxonomy.load(), potentials.load(area)]);
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
