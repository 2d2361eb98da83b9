import { maySee } from "../access/people.ts";
import { filingRoles, type Route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { advanceReports } from "../queries/reportHistory.ts";
import { readReportState } from "../queries/reports.ts";
import { bumpDataVersion } from "../queries/settings.ts";
import { attachedFileRoutes } from "./attachedFiles.ts";
import { lockOwnReport } from "./keepReport.ts";
import type { Parts } from "./parts.ts";
import { readId } from "./readId.ts";

/** Files of a report. */
export function attachmentRoutes({ database }: Parts): Route[] {
  return attachedFileRoutes(database, {
    owner: "report",
    tag: "kejadian",
    who: filingRoles,
    words: { id: "laporan", en: "report" },
    // Those who only file reports read the files of their own.
    seen: async (item, person) => {
      const id = readId(item);
      const report = await readReportState(database, id);
      const isOwn = report?.recordedBy === person.name || (person.role !== "reporter" && person.role !== "partner");
      if (!report || !isOwn || !maySee(person, report.villageCode)) throw problem("not_found", { value: `reports ${id}` });
      if (report.withdrawnAt !== null) throw problem("gone", { value: `reports ${id}` });
      return id;
    },
    lock: async (transaction, item, person) => (await lockOwnReport(transaction, readId(item), person)).id,
    changed: async (transaction, reportId, change) => {
      await advanceReports(transaction, [reportId], { operation: "attachment", ...change });
      await bumpDataVersion(transaction);
    },
  });
}
