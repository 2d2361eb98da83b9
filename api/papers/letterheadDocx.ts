import { AlignmentType, BorderStyle, Paragraph, TextRun } from "docx";
import { type Letterhead, type Signatory, writtenNip } from "../contract/letterhead.ts";

const centred = (text: string, halfPoints: number, isBold = false): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: 0 },
    children: [new TextRun({ text, bold: isBold, size: halfPoints })],
  });

/** The head of a paper: the government, the office, where it is, and the line under it. Nothing where nothing was set. */
export function letterheadParagraphs({ government, office, address, contact }: Letterhead): Paragraph[] {
  const lines = [
    ...(government ? [centred(government.toUpperCase(), 26)] : []),
    ...(office ? [centred(office.toUpperCase(), 30, true)] : []),
    ...[address, contact].filter(Boolean).map((text) => centred(text, 18)),
  ];
  if (lines.length === 0) return [];
  const rule = new Paragraph({
    spacing: { after: 160 },
    border: { bottom: { style: BorderStyle.THICK_THIN_SMALL_GAP, size: 18, space: 2, color: "000000" } },
    children: [],
  });
  return [...lines, rule];
}

/** Place and day, and the room to sign above the name. */
export function signatureParagraphs(city: string, dayInWords: string, signatory: Signatory): Paragraph[] {
  const line = (text: string, more: { bold?: boolean; underline?: object; before?: number } = {}): Paragraph =>
    new Paragraph({
      indent: { left: 5200 },
      spacing: { before: more.before ?? 0, after: 0 },
      keepNext: true,
      children: [new TextRun({ text, bold: more.bold ?? false, ...(more.underline ? { underline: more.underline } : {}) })],
    });
  return [
    line([city, dayInWords].filter(Boolean).join(", "), { before: 240 }),
    ...(signatory.position ? [line(signatory.position)] : []),
    line(signatory.name || "(………………………………)", { bold: true, underline: {}, before: 1000 }),
    ...(signatory.rank ? [line(signatory.rank)] : []),
    ...(signatory.nip ? [line(`NIP ${writtenNip(signatory.nip)}`)] : []),
  ];
}
