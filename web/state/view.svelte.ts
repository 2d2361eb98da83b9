import { addDays, dayOfMoment } from "../format/day.ts";
import { readView, type ViewState, writeView } from "./view.ts";

/** The view of the map screen, read from the address once; `keepViewInAddress` writes it back. */
export const view: ViewState = $state(readView(window.location.search));

/** Today in the office's time zone. */
export function today(): string {
  return dayOfMoment(new Date().toISOString());
}

/** The period shown, half-open: the chosen one, else the 365 days up to and with today. */
export function shownPeriod(): { readonly from: string; readonly to: string } {
  const to = view.to ?? addDays(today(), 1);
  return { from: view.from ?? addDays(to, -365), to };
}

/** Writes the view into the address without a new entry in the history. Call in an effect: it follows every part of the view. */
export function keepViewInAddress(): void {
  const search = writeView(view, window.location.search);
  const address = window.location.pathname + search;
  if (address !== window.location.pathname + window.location.search) window.history.replaceState(window.history.state, "", address);
}

window.addEventListener("popstate", () => {
  if (window.location.pathname === "/") Object.assign(view, readView(window.location.search));
});
