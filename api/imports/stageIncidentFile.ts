import type { CheckedIncident, Fault } from "../contract/incident.ts";
import type { VillageCandidate } from "../contract/villageCandidates.ts";
import type { FileRow } from "../formats/rows.ts";
import { type QueueEntry, stageCandidates, stageQueued } from "../queries/importQueue.ts";
import { type StagedIncident, stageIncidents } from "../queries/stagedIncidents.ts";
import { recordReader } from "./columns.ts";
import { openIncidentCodes } from "./incidentCode.ts";
import { takePlace } from "./incidentPlace.ts";
import { incidentPlacer, type LocationLevel, locationLevels, type Placing } from "./incidentPlacing.ts";
import { incidentFieldKind, incidentFields, incidentHash, readIncidentRow, typedRecord, uuidOf } from "./incidentRow.ts";
import type { ReportBuilder } from "./report.ts";
import type { ImportParts, ImportRequest } from "./request.ts";

const rowsPerCopy = 2000;
const judged: readonly string[] = ["verified", "rejected", "merged"];
const mayJudge = (role: string): boolean => role === "verifier" || role === "admin";

/** An incident's precision where only the level of its place is told. */
const precisionOf: Readonly<Record<LocationLevel, number>> = { village: 3, district: 4, regency: 4, province: 4, country: 4 };

interface ReadRow {
  readonly row: number;
  readonly incident: CheckedIncident;
  readonly id: string;
  readonly contentHash: string;
  readonly record: Readonly<Record<string, unknown>>;
  readonly written: string | null;
  readonly placing: Placing;
}

function takeLevel(record: Record<string, unknown>): { level: LocationLevel; isTold: boolean } | { fault: Fault } {
  const told = record.location_level;
  delete record.location_level;
  if (told === undefined || told === null || told === "") return { level: "village", isTold: false };
  const level = locationLevels.find((known) => known === String(told).trim().toLowerCase());
  return level
    ? { level, isTold: true }
    : { fault: { field: "location_level", code: "invalid_field", value: told, expected: locationLevels.join(", ") } };
}

/** Batches of what a file says, put into staging as they fill. */
class Staging {
  readonly #parts: ImportParts;
  readonly #importId: string;
  #incidents: StagedIncident[] = [];
  #queued: QueueEntry[] = [];
  #candidates: { id: string; candidates: readonly VillageCandidate[] }[] = [];

  constructor(parts: ImportParts, importId: string) {
    this.#parts = parts;
    this.#importId = importId;
  }

  take(read: ReadRow): void {
    const { incident, row, id, contentHash, placing } = read;
    if (placing.is === "queued") this.#queued.push(entryOf(read, placing));
    else if (placing.is === "placed" || placing.is === "kept") {
      const villageCode = placing.is === "placed" ? placing.villageCode : (placing.candidates[0]?.villageCode ?? null);
      this.#incidents.push({ ...incident, villageCode, row, id, reportId: uuidOf(`report ${id}`), contentHash });
      if (placing.is === "kept") this.#candidates.push({ id, candidates: placing.candidates });
    }
  }

  async flush(isLast: boolean): Promise<void> {
    const { database } = this.#parts;
    if (isLast || this.#incidents.length >= rowsPerCopy) {
      if (this.#incidents.length > 0) await stageIncidents(database, this.#importId, this.#incidents);
      this.#incidents = [];
    }
    if (isLast || this.#queued.length >= rowsPerCopy) {
      await stageQueued(database, this.#importId, this.#queued);
      this.#queued = [];
    }
    if (isLast || this.#candidates.length >= rowsPerCopy) {
      await stageCandidates(database, this.#importId, this.#candidates);
      this.#candidates = [];
    }
  }
}

function entryOf({ row, id, contentHash, record, written, incident }: ReadRow, placing: Extract<Placing, { is: "queued" }>): QueueEntry {
  const { code, ...details } = placing.fault;
  return {
    row,
    id: uuidOf(`queue ${id} ${contentHash}`),
    reason: code,
    details,
    place: written,
    record: { ...record, id, point: incident.point },
    candidates: placing.candidates,
    choiceGroup: id,
    contentHash,
  };
}

/**
 * Reads and checks the rows of a file of incidents, finds the places told by name, and puts into staging what can be placed, what waits for a person, and what
 * is kept with several possible villages.
 */
export async function stageIncidentFile(
  request: ImportRequest,
  rows: AsyncIterable<readonly FileRow[]>,
  parts: ImportParts,
  report: ReportBuilder,
): Promise<{ readonly elsewhere: ReadonlySet<string> }> {
  const cells = parts.cells ? { cells: parts.cells } : {};
  const { mapping } = request.options;
  const read = recordReader(incidentFields, mapping, { name: request.name, keepOthers: true, ...cells, kindOf: incidentFieldKind });
  const known = new Set(Object.keys(incidentFields));
  const ignored = new Set<string>();
  const timesTold = new Map<string, number>();
  const queued = new Set<string>();
  const elsewhere = new Set<string>();
  const staging = new Staging(parts, request.id);
  const codes = await openIncidentCodes(request, parts);
  let place: Awaited<ReturnType<typeof incidentPlacer>> | null = null;

  for await (const part of rows) {
    parts.signal.throwIfAborted();
    for (const row of part) {
      const record = read(row.properties);
      for (const column of Object.keys(record)) {
        if (known.has(column)) continue;
        ignored.add(column);
        delete record[column];
      }
      const told = takePlace(record);
      const level = takeLevel(record);
      if ("fault" in level) {
        report.reject(row.row, [level.fault]);
        continue;
      }
      if (level.isTold) record.location_precision ??= precisionOf[level.level];
      const checked = readIncidentRow(row, record, { ...parts, isPlaceNamed: told !== null });
      if ("faults" in checked) {
        report.reject(row.row, checked.faults);
        continue;
      }
      const { incident } = checked;
      if (judged.includes(incident.status) && !mayJudge(request.role)) {
        report.reject(row.row, [{ field: "status", code: "not_allowed", value: incident.status, role: request.role }]);
        continue;
      }
      const asTold = incident.villageCode === null ? told : null;
      // By what the row says, not by what its place was found to be: the same row is the same after more areas are loaded.
      const contentHash = incidentHash(incident, asTold?.written ?? null);
      let id = incident.id;
      if (id === null) {
        const times = (timesTold.get(contentHash) ?? 0) + 1;
        timesTold.set(contentHash, times);
        id = uuidOf(`incident ${contentHash} ${times}`);
      }
      const isPlain = incident.villageCode !== null || (asTold === null && !level.isTold);
      if (!isPlain) place ??= await incidentPlacer(request, parts);
      const placing: Placing =
        incident.villageCode !== null && codes !== null
          ? codes.placeOf(incident.villageCode)
          : isPlain || !place
            ? { is: "placed", villageCode: incident.villageCode }
            : await place(incident, asTold, level.level);
      if (placing.is === "rejected") report.reject(row.row, [placing.fault]);
      else if (placing.is === "notLoaded") {
        report.notLoaded++;
        elsewhere.add(placing.areaCode.slice(0, 5));
      } else if (placing.is === "queued" && queued.has(`${id} ${contentHash}`)) report.unchanged++;
      else {
        if (placing.is === "queued") queued.add(`${id} ${contentHash}`);
        staging.take({ row: row.row, incident, id, contentHash, record: typedRecord(record), written: asTold?.written ?? null, placing });
      }
    }
    await staging.flush(false);
  }
  await staging.flush(true);
  codes?.tell(report);
  for (const column of ignored) report.warn(null, { field: column, code: "column_ignored", value: column });
  return { elsewhere };
}
