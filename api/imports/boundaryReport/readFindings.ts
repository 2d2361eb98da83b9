import type { FindingKindId } from "../../contract/boundaryFindingKinds.ts";
import type { Fault } from "../../contract/incident.ts";
import type { AreaLevel, RepairedArea } from "../../queries/stagedAreas.ts";
import type { BoundaryRow, RejectedRow } from "../boundaryRow.ts";
import type { BoundaryChecks } from "./checks.ts";
import type { FindingList } from "./findingList.ts";

/** What the report has to remember of an area of the file. */
export interface FileArea {
  readonly row: number;
  readonly level: AreaLevel;
  readonly name: string;
  readonly ringHash: string;
  /** As the file says; null where it does not. */
  readonly kind: string | null;
  readonly point: readonly [number, number] | null;
}

const kindOfFault: Readonly<Record<string, FindingKindId>> = {
  missing_geometry: "missing_geometry",
  swapped_axes: "swapped_axes",
  coordinates_out_of_range: "out_of_range",
  not_a_polygon: "unusable_geometry",
  invalid_coordinates: "unusable_geometry",
  geometry_lost: "unusable_geometry",
};

/** Gathers findings row by row while a file is read and its shapes are repaired. Has a life: `finish` is called once. */
export class ReadFindings {
  /** Areas with a usable shape by their code, each as it stands first. */
  readonly areas = new Map<string, FileArea>();
  /** Codes of rows that were refused: in the file, though not usable. */
  readonly refused = new Set<string>();
  readonly #list: FindingList;
  readonly #findHolesOutside: BoundaryChecks["findHolesOutside"];
  readonly #codeOfShape = new Map<string, string>();

  constructor(list: FindingList, checks: Pick<BoundaryChecks, "findHolesOutside">) {
    this.#list = list;
    this.#findHolesOutside = checks.findHolesOutside;
  }

  /** A row that cannot be taken; only what is wrong with its shape is a finding. */
  rejected(row: number, { faults, ...known }: RejectedRow): void {
    const code = known.code ?? null;
    const name = known.name ?? null;
    if (code !== null) this.refused.add(code);
    for (const fault of faults) this.#fault(row, fault, code, name);
  }

  #fault(row: number, fault: Fault, code: string | null, name: string | null): void {
    const kind = kindOfFault[fault.code];
    if (!kind) return;
    const value = fault.value === undefined || fault.value === null ? null : JSON.stringify(fault.value).slice(0, 100);
    this.#list.add(kind, { row, code, name, value, reason: kind === "unusable_geometry" ? fault.code : null });
  }

  /** A row with a usable shape, the first of its code. */
  read({ area, shape, statedKind, point }: BoundaryRow): void {
    const { row, code, level, name, ringHash } = area;
    this.areas.set(code, { row, level, name, ringHash, kind: statedKind, point });
    const twin = this.#codeOfShape.get(ringHash);
    if (twin === undefined) this.#codeOfShape.set(ringHash, code);
    else this.#list.add("duplicate_shape", { row, code, name, otherCode: twin, otherName: this.areas.get(twin)?.name ?? null });
    for (const { ring, squareMetres, isWhollyOutside } of this.#findHolesOutside(shape.polygons))
      this.#list.add("hole_outside", {
        row,
        code,
        name,
        squareMetres,
        reason: isWhollyOutside ? "wholly" : "partly",
        polygons: [[ring]],
      });
  }

  /** A code in several rows. */
  repeated(code: string, rows: readonly number[], isDiffering: boolean): void {
    const name = this.areas.get(code)?.name ?? null;
    if (isDiffering) {
      this.areas.delete(code);
      this.refused.add(code);
    }
    this.#list.add("duplicate_code", {
      row: rows[0] ?? null,
      code,
      name,
      value: rows.length > 20 ? `${rows.slice(0, 20).join(", ")} …` : rows.join(", "),
      reason: isDiffering ? "differing" : "identical",
    });
  }

  repaired({ row, code, reason, before, after }: RepairedArea): void {
    this.#list.add("invalid_shape", {
      ...this.#placed(row, code, reason),
      squareMetresBefore: before * 1e6,
      squareMetresAfter: after * 1e6,
    });
  }

  /** A shape of which repair left nothing. */
  lost(row: number, code: string | null, reason: string): void {
    this.#list.add("unusable_geometry", this.#placed(row, code, reason));
    if (code === null) return;
    this.areas.delete(code);
    this.refused.add(code);
  }

  /** The geometry engine tells the place behind the reason: Self-intersection[112.08 -7.59]. */
  #placed(row: number, code: string | null, text: string) {
    const [, reason = text, longitude, latitude] = /^(.*?)\s*\[(-?[\d.e-]+) (-?[\d.e-]+)\]$/.exec(text) ?? [];
    const position: [number, number] | null = longitude && latitude ? [Number(longitude), Number(latitude)] : null;
    return { row, code, name: code === null ? null : (this.areas.get(code)?.name ?? null), reason, position };
  }
}
