import type { Layer } from "@deck.gl/core";
import { PathStyleExtension } from "@deck.gl/extensions";
import { IconLayer, PathLayer } from "@deck.gl/layers";
import { MapLibreOverlay } from "@deck.gl/maplibre";
import { rgbOf } from "../../colour/palette.ts";
import { dayDash } from "../../format/teamShape.ts";
import { markAtlas, markName, type VisitMark } from "./visitMarks.ts";

type Position = readonly [longitude: number, latitude: number];

/** The way of one team on one day, from its base to its last stop; the way back is not drawn. */
export interface VisitLine {
  readonly path: readonly Position[];
  readonly colour: string;
  readonly day: number;
  readonly isFaint: boolean;
}
export interface VisitPoint extends VisitMark {
  readonly code: string;
  readonly position: Position;
  readonly isFaint: boolean;
}
/** Everything of a plan that lies on the map. */
export interface DrawnPlan {
  readonly lines: readonly VisitLine[];
  readonly points: readonly VisitPoint[];
  readonly bases: readonly Position[];
  readonly ink: string;
  readonly paper: string;
}

const lineWidth = 2.4;
const faint = 100;

function lineLayer(id: string, plan: DrawnPlan, width: number, colourOf: (line: VisitLine) => [number, number, number]): Layer {
  return new PathLayer<VisitLine>({
    id,
    data: plan.lines as VisitLine[],
    getPath: (line: VisitLine) => line.path.map(([lon, lat]) => [lon, lat] as [number, number]),
    getColor: (line: VisitLine) => [...colourOf(line), line.isFaint ? faint : 255],
    getWidth: width,
    widthUnits: "pixels",
    jointRounded: true,
    capRounded: false,
    ...(width === lineWidth ? { getDashArray: (line: VisitLine) => dayDash(line.day), dashJustified: false } : {}),
    extensions: width === lineWidth ? [new PathStyleExtension({ dash: true })] : [],
    parameters: { depthWriteEnabled: false, depthCompare: "always" },
  } as unknown as ConstructorParameters<typeof PathLayer<VisitLine>>[0]);
}

function layersOf(plan: DrawnPlan): Layer[] {
  const atlas = markAtlas(plan.points, plan.ink, plan.paper);
  const paper = rgbOf(plan.paper);
  const icons = {
    iconAtlas: atlas.canvas,
    iconMapping: atlas.mapping,
    sizeUnits: "pixels",
    getSize: 32,
    parameters: { depthWriteEnabled: false, depthCompare: "always" },
  };
  // The chosen stop lies on top of all.
  const points = [...plan.points].sort((a, b) => Number(a.isChosen) - Number(b.isChosen));
  return [
    lineLayer("visit-casing", plan, lineWidth + 2.2, () => paper),
    lineLayer("visit-lines", plan, lineWidth, ({ colour }) => rgbOf(colour)),
    new IconLayer<Position>({
      id: "visit-bases",
      data: plan.bases as Position[],
      getPosition: (at: Position) => [at[0], at[1]],
      getIcon: () => "base",
      ...icons,
    } as never),
    new IconLayer<VisitPoint>({
      id: "visit-stops",
      data: points,
      getPosition: ({ position }: VisitPoint) => [position[0], position[1]],
      getIcon: (point: VisitPoint) => markName(point),
      getColor: (point: VisitPoint) => [255, 255, 255, point.isFaint ? faint : 255],
      pickable: true,
      ...icons,
    } as never),
  ];
}

/** Lines and numbered stops above the map. */
export class VisitOverlay {
  readonly control: MapLibreOverlay;

  constructor(onChoose: (code: string) => void) {
    this.control = new MapLibreOverlay({
      interleaved: false,
      layers: [],
      pickingRadius: 4,
      onClick: ({ object }: { object?: { code?: string } }) => {
        if (object?.code) onChoose(object.code);
        return Boolean(object?.code);
      },
      getCursor: ({ isHovering }: { isHovering: boolean }) => (isHovering ? "pointer" : "grab"),
    } as ConstructorParameters<typeof MapLibreOverlay>[0]);
  }

  show(plan: DrawnPlan | null): void {
    this.control.setProps({ layers: plan ? layersOf(plan) : [] });
  }
}
