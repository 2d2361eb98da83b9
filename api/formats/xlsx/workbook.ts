import { posix } from "node:path";
import { problem } from "../../problem.ts";
import type { Archive } from "./archive.ts";
import { type NumberFormat, numberFormat } from "./numberFormat.ts";
import { gatherXml } from "./xml.ts";

export interface Sheet {
  readonly name: string;
  readonly isHidden: boolean;
  /** The part of the archive that holds it. */
  readonly part: string;
}

/** What all sheets of a workbook share. */
export interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly is1904: boolean;
  /** Texts that cells name by number. */
  readonly texts: readonly string[];
  /** Formats that cells name by number. */
  readonly formats: readonly NumberFormat[];
}

const mostTextBytes = 256 * 1024 * 1024;

/** Targets of a part's relations by id, as names of parts. */
async function relations(archive: Archive, file: string, part: string): Promise<Map<string, { type: string; target: string }>> {
  const name = posix.join(posix.dirname(part), "_rels", `${posix.basename(part)}.rels`);
  const found = new Map<string, { type: string; target: string }>();
  if (!archive.has(name)) return found;
  await gatherXml(
    archive.open(name),
    { name, file },
    {
      open: (element, attributes) => {
        if (element !== "Relationship" || !attributes.Id || !attributes.Target || attributes.TargetMode === "External") return;
        const target = attributes.Target.startsWith("/") ? attributes.Target.slice(1) : posix.join(posix.dirname(part), attributes.Target);
        found.set(attributes.Id, { type: (attributes.Type ?? "").split("/").at(-1) ?? "", target });
      },
    },
  );
  return found;
}

async function readTexts(archive: Archive, file: string, name: string | undefined): Promise<string[]> {
  const texts: string[] = [];
  if (name === undefined || !archive.has(name)) return texts;
  let text = "";
  let bytes = 0;
  let isText = false;
  let isReading = false;
  await gatherXml(
    archive.open(name),
    { name, file },
    {
      open: (element) => {
        if (element === "si") text = "";
        // How Japanese is read aloud stands beside the text, not in it.
        if (element === "rPh") isReading = true;
        isText = element === "t" && !isReading;
      },
      text: (more) => {
        if (isText) text += more;
      },
      close: (element) => {
        if (element === "rPh") isReading = false;
        if (element === "t") isText = false;
        if (element !== "si") return;
        texts.push(text);
        bytes += text.length;
        if (bytes > mostTextBytes) throw problem("file_too_large", { name: file, limit: `${mostTextBytes / 1024 ** 2} MB teks/text` });
      },
    },
  );
  return texts;
}

async function readFormats(archive: Archive, file: string, name: string | undefined): Promise<NumberFormat[]> {
  const codes = new Map<number, string>();
  const formats: NumberFormat[] = [];
  if (name === undefined || !archive.has(name)) return formats;
  let isInCells = false;
  await gatherXml(
    archive.open(name),
    { name, file },
    {
      open: (element, attributes) => {
        if (element === "numFmt") codes.set(Number(attributes.numFmtId), attributes.formatCode ?? "");
        if (element === "cellXfs") isInCells = true;
        if (element !== "xf" || !isInCells) return;
        const id = Number(attributes.numFmtId ?? 0);
        formats.push(numberFormat(id, codes.get(id)));
      },
      close: (element) => {
        if (element === "cellXfs") isInCells = false;
      },
    },
  );
  return formats;
}

/**
 * Reads what a workbook says about itself: its sheets, texts, formats and calendar. Memory is that of the texts, at most 256 MB of them.
 * @throws file_not_understood for a zip that is no workbook, file_damaged, file_too_large.
 */
export async function readWorkbook(archive: Archive, file: string): Promise<Workbook> {
  const root =
    [...(await relations(archive, file, "")).values()].find(({ type }) => type === "officeDocument")?.target ?? "xl/workbook.xml";
  if (root.endsWith(".bin")) throw problem("spreadsheet_unread", { name: file, value: "XLSB" });
  if (!archive.has(root)) throw problem("file_not_understood", { name: file, value: "ZIP", expected: "XLSX, CSV" });
  const related = await relations(archive, file, root);
  const partOf = (type: string): string | undefined => [...related.values()].find((relation) => relation.type === type)?.target;
  const sheets: Sheet[] = [];
  let is1904 = false;
  await gatherXml(
    archive.open(root),
    { name: root, file },
    {
      open: (element, attributes) => {
        if (element === "workbookPr") is1904 = /^(1|true)$/.test(attributes.date1904 ?? "");
        if (element !== "sheet") return;
        const id = Object.entries(attributes).find(([name]) => name === "id" || name.endsWith(":id"))?.[1] ?? "";
        const target = related.get(id);
        // Sheets that are nothing but a chart hold no cells.
        if (target?.type === "worksheet")
          sheets.push({ name: attributes.name ?? "", isHidden: (attributes.state ?? "visible") !== "visible", part: target.target });
      },
    },
  );
  return {
    sheets,
    is1904,
    texts: await readTexts(archive, file, partOf("sharedStrings")),
    formats: await readFormats(archive, file, partOf("styles")),
  };
}
