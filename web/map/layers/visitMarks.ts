import { teamShape } from "../../format/teamShape.ts";

/** One stop's mark on the map. */
export interface VisitMark {
  readonly team: number;
  readonly colour: string;
  readonly number: number;
  readonly isExploration: boolean;
  readonly isChosen: boolean;
}

/** A picture that holds every mark once, and where each lies in it. */
export interface MarkAtlas {
  readonly canvas: HTMLCanvasElement;
  readonly mapping: Record<string, { x: number; y: number; width: number; height: number; mask: boolean }>;
}

const side = 64;
const perRow = 16;
const box = 16;
const shapeSide = 44;

/** The name of a mark in the atlas; the same for all that look the same. */
export const markName = (mark: VisitMark): string =>
  [mark.team, mark.colour, mark.number, mark.isExploration ? "e" : "", mark.isChosen ? "c" : ""].join("-");

function drawMark(context: CanvasRenderingContext2D, mark: VisitMark, paper: string): void {
  const size = mark.isChosen ? side - 8 : shapeSide;
  const scale = size / box;
  context.save();
  context.translate((side - size) / 2, (side - size) / 2);
  context.scale(scale, scale);
  const shape = new Path2D(teamShape(mark.team));
  context.lineJoin = "round";
  context.strokeStyle = paper;
  context.lineWidth = 3.4 / (scale / 2.75);
  context.stroke(shape);
  context.fillStyle = mark.isExploration ? paper : mark.colour;
  context.fill(shape);
  if (mark.isExploration) {
    context.strokeStyle = mark.colour;
    context.lineWidth = 1.3;
    context.setLineDash([2.2, 1.3]);
    context.stroke(shape);
  }
  context.restore();
  context.fillStyle = mark.isExploration ? mark.colour : paper;
  context.font = `650 ${mark.isChosen ? 32 : 25}px "Inter Variable", sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(String(mark.number), side / 2, side / 2 + 2);
}

function drawBase(context: CanvasRenderingContext2D, ink: string, paper: string): void {
  context.fillStyle = paper;
  context.beginPath();
  context.roundRect(8, 8, 48, 48, 12);
  context.fill();
  context.fillStyle = ink;
  context.beginPath();
  context.roundRect(11, 11, 42, 42, 9);
  context.fill();
  context.fillStyle = paper;
  context.fill(new Path2D("M32 19L46 31h-4v13h-7v-8h-6v8h-7v-13h-4z"));
}

/** Draws every mark that is needed, and the base as `base`. */
export function markAtlas(marks: readonly VisitMark[], ink: string, paper: string): MarkAtlas {
  const wanted = new Map(marks.map((mark) => [markName(mark), mark]));
  const canvas = document.createElement("canvas");
  canvas.width = side * perRow;
  canvas.height = side * Math.ceil((wanted.size + 1) / perRow);
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  const mapping: MarkAtlas["mapping"] = {};
  let at = 0;
  const place = (name: string, draw: () => void): void => {
    const [x, y] = [(at % perRow) * side, Math.floor(at / perRow) * side];
    context.save();
    context.translate(x, y);
    draw();
    context.restore();
    mapping[name] = { x, y, width: side, height: side, mask: false };
    at += 1;
  };
  place("base", () => drawBase(context, ink, paper));
  for (const [name, mark] of wanted) place(name, () => drawMark(context, mark, paper));
  return { canvas, mapping };
}
