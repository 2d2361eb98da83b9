import { isDay } from "../../format/day.ts";

/** The parts of the screen, as the address names them. */
export const visitParts = ["rencana", "kunjungan", "kesepakatan", "mediator", "dampak"] as const;
export type VisitPart = (typeof visitParts)[number];

/** All that the address says about the screen of visits. */
export interface VisitView {
  part: VisitPart;
  /** The run of the plan that is shown. */
  run: string | null;
  team: string | null;
  day: string | null;
  /** Code of the village whose stop is chosen. */
  stop: string | null;
  /** The visit, agreement or mediator that is open. */
  record: string | null;
}

const runs = /^[\w-]{4,60}$/;
const villages = /^\d{2}\.\d{2}\.\d{2}\.\d{4}$/;
const records = /^(baru|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Reads it from an address' query. What is missing or makes no sense takes its default. */
export function readVisitView(search: string): VisitView {
  const query = new URLSearchParams(search);
  const found = (name: string, isSound: (text: string) => boolean): string | null => {
    const text = query.get(name) ?? "";
    return text !== "" && isSound(text) ? text : null;
  };
  return {
    part: (found("bagian", (text) => (visitParts as readonly string[]).includes(text)) as VisitPart | null) ?? "rencana",
    run: found("rencana", (text) => runs.test(text)),
    team: found("tim", (text) => text.length <= 100),
    day: found("hari", isDay),
    stop: found("henti", (text) => villages.test(text)),
    record: found("catatan", (text) => records.test(text)),
  };
}

/** Writes it into a query beside what else is there (area, language, theme); defaults are left out. */
export function writeVisitView(view: VisitView, area: string | null, search: string): string {
  const query = new URLSearchParams(search);
  const put = (name: string, value: string | null): void => {
    if (value === null || value === "") query.delete(name);
    else query.set(name, value);
  };
  put("wilayah", area);
  put("bagian", view.part === "rencana" ? null : view.part);
  put("rencana", view.run);
  put("tim", view.team);
  put("hari", view.day);
  put("henti", view.stop);
  put("catatan", view.record);
  const text = query.toString();
  return text ? `?${text}` : "";
}
