import { wordsOf } from "../../client.ts";
import { areas } from "../areas.svelte.ts";
import { listenToService } from "../live.ts";
import { taxonomy } from "../taxonomy.svelte.ts";
import { values } from "../values.svelte.ts";
import { view } from "../view.svelte.ts";

class VisitSession {
  state = $state<"loading" | "ready" | "error">("loading");
  problem = $state<string | null>(null);
  isConnected = $state(true);

  /** Loads the villages of an area with their scores. */
  async load(area: string): Promise<void> {
    this.state = "loading";
    this.problem = null;
    if (values.names && !values.names.areaSet.startsWith(`${area}~`)) values.clear();
    try {
      await Promise.all([values.load(area), areas.loadParts(area), taxonomy.load()]);
      if (view.area === area) this.state = "ready";
    } catch (error) {
      if (view.area !== area) return;
      this.problem = wordsOf(error);
      this.state = "error";
    }
  }

  /** Follows what the service announces until the returned function is called. */
  follow(): () => void {
    return listenToService({
      onIncident: () => undefined,
      onRun: () => {
        if (view.area) void values.refresh(view.area).catch(() => undefined);
      },
      onImport: () => void areas.load(),
      onLine: (isUp) => {
        this.isConnected = isUp;
      },
    });
  }
}

/** Loading and following of what the screen of visits shows. */
export const visitSession = new VisitSession();
