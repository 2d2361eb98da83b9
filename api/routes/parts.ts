import type { Identities } from "../access/identities.ts";
import type { SignInSlowDown } from "../access/slowDown.ts";
import type { Vault } from "../access/vault.ts";
import type { Frame } from "../assessments/frame.ts";
import type { Pool } from "../assessments/pool.ts";
import type { Config } from "../config.ts";
import { databaseOf } from "../database/actor.ts";
import type { Database } from "../database/database.ts";
import type { Person } from "../endpoint.ts";
import type { Announcer } from "../events/announcer.ts";
import type { AlertKeeper } from "../jobs/alertKeeper.ts";
import type { JobRunner } from "../jobs/runner.ts";
import type { StandingScheduler } from "../jobs/scheduler.ts";

/** What the routes are made of; `app.ts` puts it together. */
export interface Parts {
  readonly config: Config;
  readonly database: Database;
  readonly pool: Pool;
  readonly announcer: Announcer;
  readonly vault: Vault;
  readonly identities: Identities;
  readonly slowDown: SignInSlowDown;
  readonly runner: JobRunner;
  readonly alerts: Pick<AlertKeeper, "raiseDue">;
  readonly scheduler: Pick<StandingScheduler, "nudge">;
  readonly version: string;
  readonly migrations: number;
  readonly isDemoOn: () => boolean;
  readonly removeDemo: () => Promise<void>;
}

/**
 * The frame of a question: the person's scope, the present moment. Whoever may ask it has been checked by then; it is worked out by the assessor, since
 * neighbours across the border count.
 */
export function frameFor(parts: Parts, person: Person, signal?: AbortSignal): Frame {
  return {
    database: databaseOf(parts.database, "assessor"),
    pool: parts.pool,
    timeZone: parts.config.timeZone,
    now: new Date(),
    scope: person.areas,
    ...(parts.config.roadServiceUrl ? { roadService: parts.config.roadServiceUrl } : {}),
    ...(signal ? { signal } : {}),
  };
}

export const jsonLimit = 1_000_000;
export const processLimit = 64_000_000;
export const problemAnswers = {
  400: { description: "Permintaan salah / wrong request", types: { "application/problem+json": null } },
  401: { description: "Belum masuk / not signed in", types: { "application/problem+json": null } },
  403: { description: "Tidak boleh / not allowed", types: { "application/problem+json": null } },
  404: { description: "Tidak ada / not found", types: { "application/problem+json": null } },
} as const;
