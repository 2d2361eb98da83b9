import { RequestProblem, request, requestRaw, wordsOf } from "../../client.ts";
import { t } from "../../text/text.svelte.ts";
import type { Incident } from "./features.ts";

const pathOf = (id: string): string => `/api/collections/incidents/items/${encodeURIComponent(id)}`;

/** One incident that is open, with the version it was read at. */
export class OpenIncident {
  id = $state<string | null>(null);
  incident = $state.raw<Incident | null>(null);
  etag = $state("");
  problem = $state<string | null>(null);
  isBusy = $state(false);

  /** Reads an incident afresh; null closes. */
  async load(id: string | null): Promise<void> {
    if (id !== this.id) this.incident = null;
    this.id = id;
    this.problem = null;
    if (id) await this.read(id);
  }

  private async read(id: string): Promise<void> {
    try {
      const response = await requestRaw(pathOf(id));
      const incident = (await response.json()) as Incident;
      if (this.id !== id) return;
      this.incident = incident;
      this.etag = response.headers.get("ETag") ?? "";
    } catch (error) {
      if (this.id === id) this.problem = wordsOf(error);
    }
  }

  /** Marks it verified, if nobody changed it since it was read. Returns whether that was done. */
  verify(): Promise<boolean> {
    return this.change(async (incident, etag) => {
      const body = {
        type: "Feature",
        id: incident.id,
        geometry: incident.geometry,
        properties: { ...incident.properties, status: "verified" },
      };
      await request(pathOf(incident.id), { method: "PUT", body, headers: { "If-Match": etag } });
      await this.read(incident.id);
    });
  }

  /** Asks for a step of verification, a merge or its undoing, and reads what became of it. Returns whether that was done. */
  decide(path: string, body?: unknown): Promise<boolean> {
    return this.change(async (incident, etag) => {
      await request(path, { method: "POST", ...(body === undefined ? {} : { body }), headers: { "If-Match": etag } });
      await this.read(incident.id);
    });
  }

  /** Withdraws it: kept in the history, counted nowhere. Returns whether that was done. */
  withdraw(): Promise<boolean> {
    return this.change(async (incident, etag) => {
      await request(pathOf(incident.id), { method: "DELETE", headers: { "If-Match": etag } });
    });
  }

  private async change(work: (incident: Incident, etag: string) => Promise<void>): Promise<boolean> {
    if (this.isBusy || !this.incident) return false;
    this.isBusy = true;
    this.problem = null;
    try {
      await work(this.incident, this.etag);
      return true;
    } catch (error) {
      if (error instanceof RequestProblem && error.code === "stale") {
        await this.read(this.incident.id);
        this.problem = t("laporan.staleOpen");
      } else this.problem = wordsOf(error);
      return false;
    } finally {
      this.isBusy = false;
    }
  }
}
