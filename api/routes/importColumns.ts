import { rm } from "node:fs/promises";
import { z } from "zod";
import { ColumnPreview } from "../contract/columnPreview.ts";
import { type Route, route } from "../endpoint.ts";
import { previewColumns } from "../imports/preview.ts";
import { receiveFile } from "../imports/receive.ts";
import { parseImportOptions } from "../imports/request.ts";
import { languageOf } from "../problem.ts";
import { importKindFor, sendersOfFiles } from "./imports.ts";
import { type Parts, problemAnswers } from "./parts.ts";

export function importColumnRoutes({ database, config }: Parts): Route[] {
  return [
    route<Record<string, string>>({
      method: "post",
      path: "/api/imports/{kind}/columns",
      summary: "Kolom berkas dan pemetaan yang disarankan, tanpa memuat / the columns of a file and a proposed mapping, nothing is stored",
      tag: "muat",
      who: sendersOfFiles,
      query: z.record(z.string(), z.string()),
      body: { kind: "stream", types: ["*/*"] },
      answers: {
        200: { description: "Kolom / columns", types: { "application/json": ColumnPreview } },
        ...problemAnswers,
        413: { description: "Terlalu besar / too large" },
        415: { description: "Bukan format yang dikenal / no known format" },
        422: { description: "Tidak terbaca / cannot be read" },
      },
      handle: async ({ path, query, person, request, header }) => {
        const kind = importKindFor(path.kind, person.role);
        const options = parseImportOptions(query);
        const file = await receiveFile(request, config.dataDirectory);
        try {
          return { body: await previewColumns(database, kind, file, options, languageOf(header("accept-language"))) };
        } finally {
          await rm(file.path, { force: true });
        }
      },
    }),
  ];
}
