import { BriefRequest } from "../contract/brief.ts";
import { emptyLetterhead } from "../contract/letterhead.ts";
import { addDays, dayOf } from "../contract/time.ts";
import { type Route, route } from "../endpoint.ts";
import { briefPaper } from "../papers/briefPaper.ts";
import { docxPaper } from "../papers/docxPaper.ts";
import { pdfPaper } from "../papers/pdfPaper.ts";
import { problem } from "../problem.ts";
import { letterheadFor } from "../queries/letterhead.ts";
import { briefFacts } from "./briefFacts.ts";
import { type Parts, problemAnswers } from "./parts.ts";

const types = { pdf: "application/pdf", docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document" } as const;
const defaultDays = 365;
const mostDays = 366 * 10;

/** Papers for a meeting: a brief of one kabupaten, suppressed for whoever may read it. */
export function briefRoutes(parts: Parts): Route[] {
  return [
    route<Record<string, never>, BriefRequest>({
      method: "post",
      path: "/api/briefs",
      summary: "Ringkasan A4 satu kabupaten (PDF, DOCX) / an A4 brief of one kabupaten",
      tag: "ekspor",
      who: ["viewer", "analyst", "leader", "verifier", "admin"],
      body: { kind: "json", types: ["application/json"], limit: 20_000, schema: BriefRequest },
      answers: {
        200: { description: "Berkas / the file", types: { [types.pdf]: null, [types.docx]: null } },
        ...problemAnswers,
        422: { description: "Wilayah tidak dikenal / area not known", types: { "application/problem+json": null } },
      },
      handle: async ({ person, body }) => {
        const today = dayOf(new Date(), parts.config.timeZone);
        const to = body.to ?? addDays(today, 1);
        const from = body.from ?? addDays(to, -defaultDays);
        if (from >= to || addDays(from, mostDays) < to)
          throw problem("invalid_field", { field: "to", value: to, expected: `> from, ≤ ${mostDays} hari / days` });
        const facts = await briefFacts(parts, person, { area: body.area, from, to }, body.classification === "biasa");
        const found = await letterheadFor(parts.database, body.area);
        const paper = briefPaper(facts, body, found?.letterhead ?? emptyLetterhead, { by: person.name, on: today });
        const bytes = await (body.format === "pdf" ? pdfPaper(paper) : docxPaper(paper));
        return {
          type: types[body.format],
          headers: {
            "Content-Disposition": `attachment; filename="ringkasan-${body.area}-${today}.${body.format}"`,
            "Cache-Control": "no-store",
          },
          body: bytes,
        };
      },
    }),
  ];
}
