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

/** A new address costs the browser as much as a step of the slider, for it asks for the mark of the page again: while the period is dragged it waits for so long a rest. */
const restMilliseconds = 1000;

const besidePeriod = (search: string): string => {
  const query = new URLSearchParams(search);
  query.delete("dari");
  query.delete("sampai");
  return query.toString();
};

/**
 * Writes the view into the address without a new entry in the history; the period alone once it rests. Call in an effect: it follows every part of the view,
 * and what it returns takes back what was not written yet.
 */
export function keepViewInAddress(): () => void {
  const search = writeView(view, window.location.search);
  const write = (): void => {
    if (search !== window.location.search) window.history.replaceState(window.history.state, "", window.location.pathname + search);
  };
  const isPeriodAlone = besidePeriod(search) === besidePeriod(window.location.search);
  if (!isPeriodAlone) write();
  const timer = isPeriodAlone ? setTimeout(write, restMilliseconds) : undefined;
  return () => clearTimeout(timer);
}

window.addEventListener("popstate", () => {
  if (window.location.pathname === "/") Object.assign(view, readView(window.location.search));
});
