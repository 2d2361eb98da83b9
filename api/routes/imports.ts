import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type ImportKind, importKinds } from "../contract/importReport.ts";
import { type Role, type Route, route } from "../endpoint.ts";
import { receiveFile } from "../imports/receive.ts";
import { parseImportOptions } from "../imports/request.ts";
import { languageOf, problem } from "../problem.ts";
import { createJob } from "../queries/jobs.ts";
import { type Parts, problemAnswers } from "./parts.ts";

export const sendersOfFiles: readonly Role[] = ["analyst", "verifier", "admin"];
/** Who may send what; analysts and admins the rest. */
const senders: Partial<Record<ImportKind, readonly Role[]>> = {
  boundaries: ["admin"],
  vintage: ["admin"],
  roster: ["verifier", "admin"],
  reports: ["analyst", "verifier", "admin"],
};

/** The kind of import that a path names, for somebody who may send it. @throws not_found, not_allowed. */
export function importKindFor(named: string | undefined, role: Role): ImportKind {
  const kind = importKinds.find((known) => known === named);
  if (!kind) throw problem("not_found", { value: `imports/${named}` });
  if (!(senders[kind] ?? ["analyst", "admin"]).includes(role)) throw problem("not_allowed", { role });
  return kind;
}

export function importRoutes({ database, runner, config }: Parts): Route[] {
  return [
    route<Record<string, string>>({
      method: "post",
      path: "/api/imports/{kind}",
      summary: "Muat berkas batas, indikator, atau kejadian / import a file",
      tag: "muat",
      who: sendersOfFiles,
      query: z.record(z.string(), z.string()),
      body: { kind: "stream", types: ["*/*"] },
      answers: {
        201: { description: "Pekerjaan / job", types: { "application/json": null }, headers: ["Location"] },
        ...problemAnswers,
        413: { description: "Terlalu besar / too large" },
      },
      handle: async ({ path, query, person, request, header }) => {
        const kind = importKindFor(path.kind, person.role);
        const options = parseImportOptions(query);
        const file = await receiveFile(request, config.dataDirectory);
        const id = randomUUID();
        await createJob(
          database,
          {
            id,
            kind: "import",
            subject: kind,
            request: { ...file, options, role: person.role, areas: person.areas, language: languageOf(header("accept-language")) },
            person: person.name,
          },
          new Date(),
        );
        runner.nudge();
        return {
          status: 201,
          headers: { Location: `/api/jobs/${id}` },
          body: { jobID: id, type: "process", processID: `import-${kind}`, status: "accepted", progress: 0 },
        };
      },
    }),
  ];
}
