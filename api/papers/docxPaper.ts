import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  ImageRun,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import { letterheadParagraphs, signatureParagraphs } from "./letterheadDocx.ts";
import { type Block, classificationWords, type Paper, pageWords } from "./paper.ts";
import { pictureOf } from "./picture.ts";
import { printable } from "./xmlText.ts";

// Twentieths of a point: A4 with margins of 2 cm.
const page = { size: { width: 11906, height: 16838 }, margin: { top: 1134, bottom: 1134, left: 1134, right: 1134 } };
const contentTwips = page.size.width - page.margin.left - page.margin.right;
const pictureWidth = 600;
const picturePixels = 1560;

const none = { style: BorderStyle.NONE, size: 0, color: "auto" };
const hair = { style: BorderStyle.SINGLE, size: 4, color: "8B97A2" };
const small = (text: string, isBold = false): Paragraph =>
  new Paragraph({ spacing: { before: 30, after: 30 }, children: [new TextRun({ text, bold: isBold, size: 18 })] });

function table(rows: readonly (readonly string[])[], shares: readonly number[], hasHead: boolean): Table {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const widths = shares.map((share) => Math.round((share / whole) * contentTwips));
  const line = hasHead ? hair : none;
  return new Table({
    width: { size: contentTwips, type: WidthType.DXA },
    columnWidths: widths,
    borders: { top: line, bottom: line, insideHorizontal: line, left: none, right: none, insideVertical: none },
    rows: rows.map(
      (row, index) =>
        new TableRow({
          tableHeader: hasHead && index === 0,
          cantSplit: true,
          children: row.map(
            (text, column) =>
              new TableCell({ width: { size: widths[column] ?? 0, type: WidthType.DXA }, children: [small(text, hasHead && index === 0)] }),
          ),
        }),
    ),
  });
}

async function childrenOf(block: Block): Promise<(Paragraph | Table)[]> {
  switch (block.kind) {
    case "facts":
      return [table(block.rows, [1, 3], false)];
    case "heading":
      return [
        new Paragraph({
          heading: HeadingLevel.HEADING_2,
          keepNext: true,
          spacing: { before: 200, after: 60 },
          children: [new TextRun({ text: block.text })],
        }),
      ];
    case "paragraph":
      return [new Paragraph({ spacing: { after: 80 }, children: [new TextRun({ text: block.text, size: block.isSmall ? 16 : 20 })] })];
    case "table":
      return [table([block.head, ...block.rows], block.shares, true)];
    case "drawing":
      return [
        new Paragraph({
          alignment: AlignmentType.CENTER,
          children: [
            new ImageRun({
              type: "png",
              data: await pictureOf(block.svg, picturePixels),
              transformation: { width: pictureWidth, height: Math.round((block.height / block.width) * pictureWidth) },
              altText: { name: "peta", title: "peta", description: block.described },
            }),
          ],
        }),
      ];
  }
}

/** A paper as DOCX of A4 pages, to be changed further in a word processor. */
export async function docxPaper(given: Paper): Promise<Uint8Array> {
  const paper = printable(given);
  const centred = (text: string, size: number, bold: boolean): Paragraph =>
    new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after: 60 }, children: [new TextRun({ text, size, bold })] });
  const blocks: (Paragraph | Table)[] = [];
  for (const block of paper.blocks) blocks.push(...(await childrenOf(block)));
  const heading2 = { run: { size: 22, bold: true, color: "000000", font: "Arial" } };
  const document = new Document({
    creator: "Waspada",
    title: `${paper.title} ${paper.subtitle}`,
    styles: { default: { document: { run: { font: "Arial", size: 20 } }, heading2 } },
    sections: [
      {
        properties: { page },
        headers: { default: new Header({ children: [centred(classificationWords[paper.classification], 20, true)] }) },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                children: [
                  new TextRun({ text: `${paper.foot} · ${pageWords[paper.language]} `, size: 14 }),
                  new TextRun({ size: 14, children: [PageNumber.CURRENT, "/", PageNumber.TOTAL_PAGES] }),
                ],
              }),
            ],
          }),
        },
        children: [
          ...letterheadParagraphs(paper.letterhead),
          centred(paper.title, 26, true),
          centred(paper.subtitle, 22, false),
          ...blocks,
          ...signatureParagraphs(paper.city, paper.dayInWords, paper.signatory),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}
