/** What may lie on top of the coloured areas, from the ground up as it is drawn unless a person orders it otherwise. */
export const overlayIds = ["tepi", "kerapatan", "gerombol", "gi", "gugus", "lonjakan", "kejadian", "potensi"] as const;
export type OverlayId = (typeof overlayIds)[number];

/** One layer on top that is shown. */
export interface Overlay {
  readonly id: OverlayId;
  /** In per cent, 10 to 100. */
  readonly opacity: number;
}

export const defaultOverlays: readonly Overlay[] = [
  { id: "gi", opacity: 100 },
  { id: "kejadian", opacity: 100 },
  { id: "potensi", opacity: 100 },
];

const isOverlayId = (text: string): text is OverlayId => (overlayIds as readonly string[]).includes(text);

/** Reads the layers from their text, `gi,kejadian.60` from the ground up; `-` is none, no text the usual ones. */
export function readOverlays(text: string | null): readonly Overlay[] {
  if (text === null) return defaultOverlays;
  const found = new Map<OverlayId, Overlay>();
  for (const part of text.split(",")) {
    const [id = "", percent = "100"] = part.split(".");
    const opacity = Number(percent);
    if (isOverlayId(id)) found.set(id, { id, opacity: opacity >= 10 && opacity <= 100 ? Math.round(opacity) : 100 });
  }
  return [...found.values()];
}

/** The text of layers; null where they are the usual ones. */
export function writeOverlays(overlays: readonly Overlay[]): string | null {
  const text = overlays.map(({ id, opacity }) => (opacity === 100 ? id : `${id}.${opacity}`)).join(",");
  return text === defaultOverlays.map(({ id }) => id).join(",") ? null : text || "-";
}

/** Shows or hides a layer; one that comes back lies where it usually does among the others. */
export function withOverlay(overlays: readonly Overlay[], id: OverlayId, isShown: boolean): readonly Overlay[] {
  const others = overlays.filter((overlay) => overlay.id !== id);
  if (!isShown) return others;
  const usual = overlayIds.indexOf(id);
  const at = others.findIndex((overlay) => overlayIds.indexOf(overlay.id) > usual);
  return at < 0 ? [...others, { id, opacity: 100 }] : [...others.slice(0, at), { id, opacity: 100 }, ...others.slice(at)];
}

/** Moves a layer one place up (1) or down (-1); at the end it stays. */
export function movedOverlay(overlays: readonly Overlay[], id: OverlayId, by: 1 | -1): readonly Overlay[] {
  const from = overlays.findIndex((overlay) => overlay.id === id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= overlays.length) return overlays;
  const moved = [...overlays];
  [moved[from], moved[to]] = [moved[to] as Overlay, moved[from] as Overlay];
  return moved;
}
