import type { Route } from "../endpoint.ts";
import { accountRoutes } from "./account.ts";
import { alertRoutes } from "./alerts.ts";
import { attachmentRoutes } from "./attachments.ts";
import { auditRoutes } from "./audit.ts";
import { backupRoutes } from "./backup.ts";
import { boundaryReportRoutes } from "./boundaryReport.ts";
import { briefRoutes } from "./briefs.ts";
import { coverageRoutes } from "./coverage.ts";
import { duplicateRoutes } from "./duplicates.ts";
import { eventRoutes } from "./events.ts";
import { exportRoutes } from "./exports.ts";
import { healthRoutes } from "./health.ts";
import { identityRoutes } from "./identities.ts";
import { identityKeeperRoutes } from "./identityKeepers.ts";
import { importColumnRoutes } from "./importColumns.ts";
import { importHistoryRoutes } from "./importHistory.ts";
import { importRoutes } from "./imports.ts";
import { incidentRoutes } from "./incidents.ts";
import { itemRoutes } from "./items.ts";
import { jobRoutes } from "./jobs.ts";
import { landingRoutes } from "./landing.ts";
import { letterheadRoutes } from "./letterhead.ts";
import { mergeRoutes } from "./merges.ts";
import { messageRoutes } from "./messageDraft.ts";
import { openIdRoutes } from "./openId.ts";
import type { Parts } from "./parts.ts";
import { placeRoutes } from "./places.ts";
import { potentialRoutes } from "./potentials.ts";
import { processRoutes } from "./processes.ts";
import { queueRoutes } from "./queue.ts";
import { reportRoutes } from "./reports.ts";
import { retentionRoutes } from "./retention.ts";
import { rosterRoutes } from "./roster.ts";
import { runRoutes } from "./runs.ts";
import { sessionRoutes } from "./session.ts";
import { shareRoutes } from "./shares.ts";
import { similarVisitRoutes } from "./similarVisits.ts";
import { tileRoutes } from "./tiles.ts";
import { tilesetRoutes } from "./tilesets.ts";
import { tokenRoutes } from "./tokens.ts";
import { totpRoutes } from "./totp.ts";
import { userRoutes } from "./users.ts";
import { valueRoutes } from "./values.ts";
import { verificationRoutes } from "./verification.ts";
import { vintageRoutes } from "./vintages.ts";
import { visitAttachmentRoutes } from "./visitAttachments.ts";
import { visitPaperRoutes } from "./visitPapers.ts";
import { visitPlanRoutes } from "./visitPlans.ts";
import { visitWorkRoutes } from "./visitWork.ts";

/** Every route of the service. What is not in this list does not exist. */
export function allRoutes(parts: Parts): Route[] {
  return [
    healthRoutes,
    landingRoutes,
    tileRoutes,
    tilesetRoutes,
    incidentRoutes,
    reportRoutes,
    verificationRoutes,
    mergeRoutes,
    duplicateRoutes,
    attachmentRoutes,
    shareRoutes,
    messageRoutes,
    rosterRoutes,
    potentialRoutes,
    visitWorkRoutes,
    visitAttachmentRoutes,
    visitPlanRoutes,
    similarVisitRoutes,
    visitPaperRoutes,
    alertRoutes,
    itemRoutes,
    placeRoutes,
    vintageRoutes,
    coverageRoutes,
    valueRoutes,
    processRoutes,
    jobRoutes,
    runRoutes,
    importRoutes,
    importHistoryRoutes,
    queueRoutes,
    importColumnRoutes,
    boundaryReportRoutes,
    eventRoutes,
    sessionRoutes,
    openIdRoutes,
    accountRoutes,
    totpRoutes,
    userRoutes,
    tokenRoutes,
    auditRoutes,
    retentionRoutes,
    identityRoutes,
    identityKeeperRoutes,
    backupRoutes,
    briefRoutes,
    exportRoutes,
    letterheadRoutes,
  ].flatMap((routes) => routes(parts));
}
