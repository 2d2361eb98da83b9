import { z } from "zod";
import { planners } from "../access/audience.ts";
import { tellRead } from "../access/trail.ts";
import { emptyLetterhead } from "../contract/letterhead.ts";
import { addDays, dayOf, isDay } from "../contract/time.ts";
import type { Person, Route } from "../endpoint.ts";
import { route } from "../endpoint.ts";
import { visitCalendar } from "../formats/visitCalendar.ts";
import { docxPaper } from "../papers/docxPaper.ts";
import type { Paper } from "../papers/paper.ts";
import { pdfPaper } from "../papers/pdfPaper.ts";
import { agreementRecordPaper, assignmentLetter, attendanceList, minutesPaper, type PaperFrame } from "../papers/visitPapers.ts";
import { problem } from "../problem.ts";
import { letterheadFor } from "../queries/letterhead.ts";
import { agreementsOfVisit, findTeam, type TeamVisit, visitForPaper, visitsOfTeam } from "../queries/teamVisits.ts";
import { type Parts, problemAnswers } from "./parts.ts";
import { readId } from "./readId.ts";

const types = { pdf: "application/pdf", docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document" } as const;
const mostVisits = 1000;
const day = z.string().refine(isDay, "YYYY-MM-DD");
const Period = z.strictObject({ from: day.optional(), to: day.optional().describe("exclusive"), plan: z.uuid().optional() });
const format = z.enum(["docx", "pdf"]).default("docx");
const number = z.string().trim().max(80).default("").describe("the paper's number");
const LetterQuery = Period.extend({ f: format, number });
const PaperQuery = z.strictObject({ f: format, number, agreement: z.uuid().optional() });
type Period = z.infer<typeof Period>;
const visitPaperNames = ["daftar-hadir", "notulen", "berita-acara"] as const;
const files = { 200: { description: "Berkas / the file", types: { [types.docx]: null, [types.pdf]: null } }, ...problemAnswers };

/** The calendar of a team and the papers of its visits. */
export function visitPaperRoutes({ database, config }: Parts): Route[] {
  const today = (): string => dayOf(new Date(), config.timeZone);
  const clock = (moment: string | null): string | null =>
    moment &&
    new Intl.DateTimeFormat("id", { timeZone: config.timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
      new Date(moment),
    );
  const frameOf = async (area: string, person: Person, numbered: string): Promise<PaperFrame> => ({
    letterhead: (await letterheadFor(database, area))?.letterhead ?? emptyLetterhead,
    made: { by: person.name, on: today() },
    number: numbered,
  });
  const file = async (paper: Paper, as: "docx" | "pdf", name: string) => ({
    type: types[as],
    headers: { "Content-Disposition": `attachment; filename="${name}.${as}"`, "Cache-Control": "no-store" },
    body: await (as === "pdf" ? pdfPaper(paper) : docxPaper(paper)),
  });
  /** A team and its visits of a period: the papers from today for 30 days, calendars from 90 days ago for a year, unless told. */
  const teamAndVisits = async (item: string | undefined, period: Period, usual: readonly [from: number, days: number]) => {
    const team = await findTeam(database, readId(item));
    if (!team) throw problem("not_found", { value: `teams ${item}` });
    const from = period.from ?? addDays(today(), usual[0]);
    const to = period.to ?? addDays(from, usual[1]);
    if (to <= from) throw problem("invalid_parameter", { field: "to", value: to, expected: `> ${from}` });
    const visits = await visitsOfTeam(database, team.id, { from, to, plan: period.plan ?? null, limit: mostVisits + 1 });
    if (visits.length > mostVisits)
      throw problem("invalid_parameter", { field: "to", value: to, expected: `≤ ${mostVisits} kunjungan / visits` });
    tellRead(
      "visits",
      visits.map(({ id }) => id),
    );
    return { team, visits, from };
  };
  const inCalendar = (visit: TeamVisit) => ({
    ...{ id: visit.id, sequence: visit.sequence, day: visit.day, isCancelled: visit.status === "cancelled" || visit.status === "missed" },
    startsAt: visit.startsAt === null ? null : new Date(visit.startsAt),
    endsAt: visit.endsAt === null ? null : new Date(visit.endsAt),
    summary: `Kunjungan ${visit.villageName ?? visit.villageCode}`,
    location: [visit.villageName ?? visit.villageCode, visit.districtName, visit.regencyName].filter(Boolean).join(", "),
    description: [visit.purpose, visit.reason?.id].filter(Boolean).join("\n"),
    point: visit.lon === null || visit.lat === null ? null : ([visit.lon, visit.lat] as const),
    changedAt: new Date(visit.changedAt),
  });

  return [
    route<Period>({
      method: "get",
      path: "/api/visit-teams/{team}/calendar",
      summary: "Kalender tim (ICS) / a team's calendar",
      tag: "kunjungan",
      who: planners,
      query: Period,
      answers: { 200: { description: "iCalendar (RFC 5545)", types: { "text/calendar": null } }, ...problemAnswers },
      handle: async ({ path, query }) => {
        const { team, visits } = await teamAndVisits(path.team, query, [-90, 456]);
        return {
          type: "text/calendar; charset=utf-8",
          headers: { "Content-Disposition": `attachment; filename="kunjungan-${team.id}.ics"`, "Cache-Control": "no-store" },
          body: visitCalendar(visits.map(inCalendar), { name: `Kunjungan ${team.name}`, timeZone: config.timeZone }),
        };
      },
    }),
    route<z.infer<typeof LetterQuery>>({
      method: "get",
      path: "/api/visit-teams/{team}/papers/{paper}",
      summary: "Surat perintah tugas (DOCX, PDF) / letter of assignment",
      tag: "kunjungan",
      who: planners,
      query: LetterQuery as z.ZodType<z.infer<typeof LetterQuery>>,
      answers: files,
      handle: async ({ path, query, person }) => {
        if (path.paper !== "surat-perintah-tugas") throw problem("not_found", { value: `papers ${path.paper}` });
        const { team, visits, from } = await teamAndVisits(path.team, query, [0, 30]);
        const planned = visits.filter(({ status }) => status === "planned" || status === "done");
        const told = planned.map((visit) => ({ ...visit, clock: clock(visit.startsAt) }));
        return file(assignmentLetter(team, told, await frameOf(team.areaCode, person, query.number)), query.f, `${path.paper}-${from}`);
      },
    }),
    route<z.infer<typeof PaperQuery>>({
      method: "get",
      path: "/api/visits/{visit}/papers/{paper}",
      summary: "Daftar hadir, notulen, berita acara (DOCX, PDF) / papers of a visit",
      tag: "kunjungan",
      who: planners,
      query: PaperQuery as z.ZodType<z.infer<typeof PaperQuery>>,
      answers: files,
      handle: async ({ path, query, person }) => {
        const name = visitPaperNames.find((one) => one === path.paper);
        if (!name) throw problem("not_found", { value: `papers ${path.paper}` });
        const visit = await visitForPaper(database, readId(path.visit));
        if (!visit) throw problem("not_found", { value: `visits ${path.visit}` });
        const frame = await frameOf(visit.villageCode, person, query.number);
        const told = { ...visit, clock: clock(visit.startsAt) };
        const as = `${name}-${visit.villageCode}-${visit.day}`;
        if (name === "daftar-hadir") return file(attendanceList(told, frame), query.f, as);
        if (name === "notulen") return file(minutesPaper(told, frame), query.f, as);
        const agreements = await agreementsOfVisit(database, visit.id, query.agreement ?? null);
        if (agreements.length === 0) throw problem("not_found", { value: `agreements ${query.agreement ?? visit.id}` });
        return file(agreementRecordPaper(told, agreements, frame), query.f, as);
      },
    }),
  ];
}
