import { isAscii, isUtf8 } from "node:buffer";
import { problem } from "../problem.ts";
import type { FileSource } from "./rows.ts";

// The language byte of a .dbf: Windows-1252 by its several names; DOS code pages, which nothing here can read.
const windowsLatin = new Set([0x03, 0x57, 0x58, 0x59]);
const dosNames: Readonly<Record<number, string>> = {
  1: "CP437",
  2: "CP850",
  9: "CP437",
  10: "CP850",
  77: "CP936",
  78: "CP949",
  79: "CP950",
};

/** What a .cpg calls an encoding, as the web calls it; null for what nobody knows. */
function labelOf(codePage: string): string | null {
  const plain = codePage
    .trim()
    .replace(/^\ufeff/, "")
    .toLowerCase()
    .replace(/^ansi\s*/, "");
  if (plain === "65001") return "utf-8";
  const windows = /^(?:cp|ibm|windows)?[-_ ]?(125\d|874)$/.exec(plain)?.[1];
  const iso = /^(?:iso)?[-_ ]?8859[-_ ]?(\d{1,2})$/.exec(plain)?.[1];
  const label = windows ? `windows-${windows}` : iso ? `iso-8859-${iso}` : plain;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

/** The text of a fixed-width cell; a last character that the width cut in two is left out. */
function decoded(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
}

/**
 * Makes the reader of a .dbf's text: by its .cpg, else by its language byte; where neither says anything, by the first cell that is not plain ASCII
 * (UTF-8 if its bytes are that, else Windows-1252), which is told.
 * @param codePage the text of the .cpg, null without one
 * @throws dbf_encoding_unknown at once for a .cpg, for a DOS code page only where it matters. The reader throws TypeError for bytes that are no text.
 */
export function dbfTextReader(codePage: string | null, languageByte: number, source: FileSource): (bytes: Uint8Array) => string {
  const unknown = (value: string) => problem("dbf_encoding_unknown", { name: source.name, value });
  let encoding: string | null = null;
  if (codePage?.trim()) {
    encoding = labelOf(codePage);
    if (encoding === null) throw unknown(codePage.trim().slice(0, 40));
  } else if (windowsLatin.has(languageByte)) encoding = "windows-1252";
  return (bytes) => {
    if (isAscii(bytes)) return Buffer.from(bytes).toString("latin1");
    if (encoding === null) {
      const dos = dosNames[languageByte];
      if (dos) throw unknown(dos);
      encoding = isUtf8(bytes) ? "utf-8" : "windows-1252";
      source.tell?.({ code: "dbf_encoding_assumed", value: encoding, example: decoded(bytes, encoding).trim() });
    }
    return decoded(bytes, encoding);
  };
}
