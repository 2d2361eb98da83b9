import { type CustomLayerInterface, type CustomRenderMethodInput, type Map as MapLibreMap, MercatorCoordinate } from "maplibre-gl";
import { type Palette, rgbOf } from "../../colour/palette.ts";
import { makeProgram, type Program } from "./program.ts";

/** Incidents to draw, as flat arrays in the order of drawing: large first, so that small ones stay seen. */
export interface IncidentPoints {
  readonly n: number;
  /** longitude, latitude pairs */
  readonly positions: Float32Array;
  /** 1 to 5 */
  readonly severities: Uint8Array;
  readonly isVerified: Uint8Array;
  /** Days since some first day. */
  readonly days: Int32Array;
}

/** Days since the same first day, half-open. */
type Days = readonly [number, number];

/** Radius in pixels for severity 1 to 5. */
const severityRadii: readonly number[] = [2, 2.7, 3.6, 4.7, 6.1];
const linePixels = 1.2;
const corners = Float32Array.of(-1, -1, 1, -1, -1, 1, 1, 1);

const vertexShader = `#version 300 es
in vec2 corner;
in vec2 place;
in float radius;
in float day;
in float isVerified;
uniform mat4 matrix;
uniform vec2 pixel;
uniform vec2 days;
out vec2 offset;
out float outer;
flat out float verified;
void main() {
  bool isShown = day >= days.x && day < days.y;
  outer = radius + ${linePixels / 2};
  offset = corner * (outer + 0.5);
  verified = isVerified;
  vec4 middle = matrix * vec4(place, 0.0, 1.0);
  gl_Position = isShown ? vec4(middle.xy + offset * pixel * middle.w, middle.zw) : vec4(2.0, 2.0, 2.0, 1.0);
}`;

const fragmentShader = `#version 300 es
precision mediump float;
in vec2 offset;
in float outer;
flat in float verified;
uniform vec3 ink;
uniform vec3 paper;
uniform float opacity;
out vec4 colour;
void main() {
  float far = length(offset);
  float inside = 1.0 - smoothstep(outer - 0.5, outer + 0.5, far);
  if (inside == 0.0) discard;
  float line = smoothstep(-0.5, 0.5, far - (outer - ${linePixels.toFixed(1)}));
  vec3 found = verified > 0.5 ? mix(ink, paper, line) : mix(paper, ink, line);
  float alpha = inside * opacity;
  colour = vec4(found * alpha, alpha);
}`;

const unit = (hex: string): number[] => rgbOf(hex).map((part) => part / 255);

/**
 * The incidents above the map's areas and under the selection and the labels, drawn with the map. The period is two numbers of the shader: moving it sends nothing to the
 * graphics card and costs the page a tenth of what a layer of deck.gl does.
 */
export class IncidentOverlay implements CustomLayerInterface {
  readonly id = "incidents";
  readonly type = "custom";
  private map: MapLibreMap | null = null;
  private program: Program | null = null;
  private points: IncidentPoints | null = null;
  private isSent = false;
  /** Places are sent as distances from here, so that single precision holds a street. */
  private origin: readonly [number, number] = [0, 0];
  private days: Days = [0, 0];
  private colours: readonly [readonly number[], readonly number[]] = [
    [0, 0, 0],
    [1, 1, 1],
  ];
  private beforeId = "selected-casing";
  private opacity = 1;

  /** Lays the incidents under a layer of the map, as strongly as wished. */
  place(beforeId: string, opacity: number): void {
    this.beforeId = beforeId;
    this.opacity = opacity;
    if (this.map?.getLayer(this.id)) this.map.moveLayer(this.id, beforeId);
    this.map?.triggerRepaint();
  }

  addTo(map: MapLibreMap): void {
    this.map = map;
  }

  show(points: IncidentPoints | null, days: Days, palette: Palette): void {
    this.isSent &&= this.points === points;
    this.points = points;
    this.days = days;
    this.colours = [unit(palette.incident), unit(palette.casing)];
    if (!this.map) return;
    if (points && points.n > 0 && !this.map.getLayer(this.id)) this.map.addLayer(this, this.beforeId);
    this.map.triggerRepaint();
  }

  onAdd(_map: MapLibreMap, gl: WebGL2RenderingContext): void {
    this.program = makeProgram(gl, vertexShader, fragmentShader);
    this.isSent = false;
  }

  onRemove(): void {
    this.program?.remove();
    this.program = null;
  }

  private send(points: IncidentPoints, program: Program): void {
    const mercator = Float64Array.from(points.positions);
    for (let at = 0; at < mercator.length; at += 2) {
      const { x, y } = MercatorCoordinate.fromLngLat([mercator[at] as number, mercator[at + 1] as number]);
      mercator[at] = x;
      mercator[at + 1] = y;
    }
    const origin = [mercator[0] ?? 0, mercator[1] ?? 0] as const;
    this.origin = origin;
    program.send("corner", corners, 2, 0);
    program.send(
      "place",
      Float32Array.from(mercator, (value, at) => value - origin[at % 2 === 0 ? 0 : 1]),
      2,
      1,
    );
    program.send(
      "radius",
      Float32Array.from(points.severities, (severity) => severityRadii[severity - 1] ?? 2),
      1,
      1,
    );
    program.send("day", Float32Array.from(points.days), 1, 1);
    program.send("isVerified", Float32Array.from(points.isVerified), 1, 1);
    this.isSent = true;
  }

  render(gl: WebGL2RenderingContext | WebGLRenderingContext, { defaultProjectionData }: CustomRenderMethodInput): void {
    const { points, program, map } = this;
    if (!points || points.n === 0 || !program || !map) return;
    program.use();
    if (!this.isSent) this.send(points, program);
    // In double precision up to here: at a street's zoom the two large parts of the sum cancel out.
    const matrix = Float64Array.from(defaultProjectionData.mainMatrix);
    const part = (column: number, row: number): number => matrix[column * 4 + row] as number;
    const moved = [0, 1, 2, 3].map((row) => part(0, row) * this.origin[0] + part(1, row) * this.origin[1] + part(3, row));
    gl.uniformMatrix4fv(program.uniform("matrix"), false, Float32Array.of(...matrix.subarray(0, 12), ...moved));
    const { width, height } = map.getCanvas();
    const ratio = map.getPixelRatio();
    gl.uniform2f(program.uniform("pixel"), (2 * ratio) / width, (2 * ratio) / height);
    gl.uniform2f(program.uniform("days"), this.days[0], this.days[1]);
    gl.uniform3fv(program.uniform("ink"), this.colours[0]);
    gl.uniform3fv(program.uniform("paper"), this.colours[1]);
    gl.uniform1f(program.uniform("opacity"), this.opacity);
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.STENCIL_TEST);
    program.drawStrips(4, points.n);
  }
}
