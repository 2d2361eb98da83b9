import { problem } from "../problem.ts";

const contains = (head: Uint8Array, text: string, encoding: BufferEncoding): boolean =>
  Buffer.from(head.buffer, head.byteOffset, head.byteLength).includes(Buffer.from(text, encoding));

/**
 * Tells an XLSX workbook from other zips by the names of its parts; other spreadsheets are refused with the remedy.
 * @returns null for what is no spreadsheet at all.
 * @throws spreadsheet_unread (xls, xlsb, ods), file_encrypted (a workbook with a password is an encrypted part in an old container).
 */
export function detectSpreadsheet(head: Uint8Array, name: string): "xlsx" | null {
  const isZip = head[0] === 0x50 && head[1] === 0x4b && head[2] === 0x03 && head[3] === 0x04;
  const isCompound = head[0] === 0xd0 && head[1] === 0xcf && head[2] === 0x11 && head[3] === 0xe0;
  if (isCompound) {
    if (contains(head, "EncryptedPackage", "utf16le") || /\.xls[xm]$/i.test(name)) throw problem("file_encrypted", { name });
    throw problem("spreadsheet_unread", { name, value: "XLS (Excel 97–2003)" });
  }
  if (!isZip) return null;
  // Only documents of that family begin with a part of this name.
  if (Buffer.from(head.subarray(30, 38)).toString("latin1") === "mimetype") throw problem("spreadsheet_unread", { name, value: "ODS" });
  if (contains(head, "xl/workbook.bin", "latin1")) throw problem("spreadsheet_unread", { name, value: "XLSB" });
  return /\.xls[xm]$/i.test(name) || contains(head, "[Content_Types].xml", "latin1") || contains(head, "xl/", "latin1") ? "xlsx" : null;
}
