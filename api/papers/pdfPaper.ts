import pdfmake from "pdfmake";
import type { Content, TableCell } from "pdfmake/interfaces.js";
import { writtenNip } from "../contract/letterhead.ts";
import { fontFiles } from "./fonts.ts";
import { type Block, classificationWords, type Paper, pageWords } from "./paper.ts";
import { printable } from "./xmlText.ts";

const allowed = new Set<string>(Object.values(fontFiles));
const contentWidth = 515;
let isPrepared = false;

function prepare(): void {
  if (isPrepared) return;
  pdfmake.setFonts({ Inter: { normal: fontFiles.normal, bold: fontFiles.bold } });
  // Nothing that a text names is ever fetched or opened.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => allowed.has(path));
  isPrepared = true;
}

const hairline = {
  hLineWidth: (line: number, node: { table: { body: unknown[] } }) => (line === 0 || line === node.table.body.length ? 0.8 : 0.4),
  vLineWidth: () => 0,
  hLineColor: () => "#8b97a2",
  paddingTop: () => 3,
  paddingBottom: () => 3,
};

function contentOf(block: Block): Content {
  switch (block.kind) {
    case "facts":
      return {
        layout: "noBorders",
        margin: [0, 0, 0, 6],
        table: { widths: [110, "*"], body: block.rows.map(([name, value]) => [{ text: name, color: "#435160" }, { text: value }]) },
      };
    case "heading":
      return { text: block.text, bold: true, fontSize: 11, margin: [0, 8, 0, 3], headlineLevel: 1 };
    case "paragraph":
      return {
        text: block.text,
        fontSize: block.isSmall ? 8 : 9.5,
        margin: [0, 0, 0, 4],
        lineHeight: 1.2,
        ...(block.isSmall ? { color: "#435160" } : {}),
      };
    case "table": {
      const whole = block.shares.reduce((sum, share) => sum + share, 0);
      const head: TableCell[] = block.head.map((text) => ({ text, bold: true, fontSize: 8.5, color: "#435160" }));
      const rows: TableCell[][] = block.rows.map((row) => row.map((text) => ({ text, fontSize: 9 })));
      return {
        layout: hairline,
        margin: [0, 2, 0, 6],
        table: {
          headerRows: 1,
          dontBreakRows: true,
          widths: block.shares.map((share) => (share / whole) * (contentWidth - 8 * block.shares.length)),
          body: [head, ...rows],
        },
      };
    }
    case "drawing":
      return { svg: block.svg, width: contentWidth, margin: [0, 4, 0, 6] };
  }
}

function letterheadOf({ letterhead: { government, office, address, contact } }: Paper): Content[] {
  const line = (text: string, fontSize: number, bold = false): Content[] => (text ? [{ text, fontSize, bold, alignment: "center" }] : []);
  const lines = [
    ...line(government.toUpperCase(), 12),
    ...line(office.toUpperCase(), 14, true),
    ...line(address, 8.5),
    ...line(contact, 8.5),
  ];
  if (lines.length === 0) return [];
  const rule = (y: number, lineWidth: number) => ({ type: "line" as const, x1: 0, x2: contentWidth, y1: y, y2: y, lineWidth });
  return [...lines, { canvas: [rule(4, 1.8), rule(7, 0.6)], margin: [0, 0, 0, 10] }];
}

function signatureOf({ city, dayInWords, signatory }: Paper): Content {
  const line = (text: string, more = {}): Content[] => (text ? [{ text, ...more }] : []);
  return {
    unbreakable: true,
    margin: [contentWidth * 0.55, 18, 0, 0],
    stack: [
      ...line([city, dayInWords].filter(Boolean).join(", ")),
      ...line(signatory.position),
      { text: signatory.name || "(………………………………)", bold: true, decoration: "underline", margin: [0, 48, 0, 0] },
      ...line(signatory.rank),
      ...line(signatory.nip ? `NIP ${writtenNip(signatory.nip)}` : ""),
    ],
  };
}

/** A paper as PDF of A4 pages, its text as text. */
export async function pdfPaper(given: Paper): Promise<Uint8Array> {
  prepare();
  const paper = printable(given);
  const document = pdfmake.createPdf({
    pageSize: "A4",
    pageMargins: [40, 44, 40, 44],
    info: { title: `${paper.title} ${paper.subtitle}`, creator: "Waspada", producer: "Waspada" },
    language: paper.language,
    defaultStyle: { font: "Inter", fontSize: 9.5 },
    header: { text: classificationWords[paper.classification], bold: true, fontSize: 10, alignment: "center", margin: [0, 18, 0, 0] },
    footer: (page, pages) => ({
      margin: [40, 12, 40, 0],
      fontSize: 7,
      color: "#435160",
      columns: [
        { text: paper.foot, width: "*" },
        { text: `${pageWords[paper.language]} ${page}/${pages}`, width: 60, alignment: "right" },
      ],
    }),
    pageBreakBefore: (node, { getFollowingNodesOnPage }) => node.headlineLevel === 1 && getFollowingNodesOnPage().length === 0,
    content: [
      ...letterheadOf(paper),
      { text: paper.title, bold: true, fontSize: 13, alignment: "center" },
      { text: paper.subtitle, fontSize: 11, alignment: "center", margin: [0, 0, 0, 8] },
      ...paper.blocks.map(contentOf),
      signatureOf(paper),
    ],
  });
  return new Uint8Array(await document.getBuffer());
}
