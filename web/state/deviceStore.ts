import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { QueuedReport } from "./queuedReport.ts";

interface DeviceSchema extends DBSchema {
  reports: { key: string; value: QueuedReport; indexes: { person: string } };
  kept: { key: string; value: unknown };
}

const databaseName = "waspada";
/** A later form of the store raises this and moves what is there; what waits to be sent must come through every update. */
const databaseVersion = 1;

let opened: Promise<IDBPDatabase<DeviceSchema>> | null = null;

/** The store of this device. Throws where the browser keeps none (private windows, forbidden storage). */
function device(): Promise<IDBPDatabase<DeviceSchema>> {
  const forget = (): void => {
    opened = null;
  };
  opened ??= openDB<DeviceSchema>(databaseName, databaseVersion, {
    upgrade(database) {
      database.createObjectStore("reports", { keyPath: "id" }).createIndex("person", "person");
      database.createObjectStore("kept");
    },
    blocking: (_current, _blocked, event) => {
      (event.target as IDBDatabase).close();
      forget();
    },
    terminated: forget,
  });
  opened.catch(forget);
  return opened;
}

/** Keeps a report, on disk before it returns. */
export async function keepReport(report: QueuedReport): Promise<void> {
  const transaction = (await device()).transaction("reports", "readwrite", { durability: "strict" });
  await Promise.all([transaction.store.put(report), transaction.done]);
}

export async function dropReport(id: string): Promise<void> {
  await (await device()).delete("reports", id);
}

/** What this person filed on this device, oldest first. */
export async function keptReports(person: string): Promise<QueuedReport[]> {
  const reports = await (await device()).getAllFromIndex("reports", "person", person);
  return reports.sort((a, b) => (a.keptAt < b.keptAt ? -1 : a.keptAt > b.keptAt ? 1 : 0));
}

/** Whose reports wait on this device, and how many. */
export async function waitingByPerson(): Promise<Map<string, number>> {
  const waiting = new Map<string, number>();
  for (const report of await (await device()).getAll("reports"))
    if (report.state !== "sent") waiting.set(report.person, (waiting.get(report.person) ?? 0) + 1);
  return waiting;
}

/** Keeps a value under a name. */
export async function keepValue(name: string, value: unknown): Promise<void> {
  await (await device()).put("kept", value, name);
}

/** The value kept under a name; null where there is none, or no store. */
export async function keptValue<Value>(name: string): Promise<Value | null> {
  try {
    return ((await (await device()).get("kept", name)) as Value | undefined) ?? null;
  } catch {
    return null;
  }
}

export async function dropValue(name: string): Promise<void> {
  await (await device()).delete("kept", name);
}

/** Removes what is kept here for and of a person, with the reports that were sent; those that were not stay where `keepsUnsent`. Others' reports stay. */
export async function clearPerson(person: string, keepsUnsent: boolean): Promise<void> {
  const transaction = (await device()).transaction(["reports", "kept"], "readwrite", { durability: "strict" });
  await transaction.objectStore("kept").clear();
  const reports = transaction.objectStore("reports");
  for (const report of await reports.index("person").getAll(person))
    if (!keepsUnsent || report.state === "sent") await reports.delete(report.id);
  await transaction.done;
}
