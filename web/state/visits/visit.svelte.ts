import { view } from "../view.svelte.ts";
import { readVisitView, type VisitView, writeVisitView } from "./visitView.ts";

/** What the screen of visits shows, read from the address once; `keepVisitInAddress` writes it back. */
export const visit: VisitView = $state(readVisitView(window.location.search));

/** Takes what the address says now, as when the screen is opened. */
export function takeVisitFromAddress(): void {
  Object.assign(visit, readVisitView(window.location.search));
}

/** Writes it into the address without a new entry in the history. Call in an effect: it follows every part. */
export function keepVisitInAddress(): void {
  const address = window.location.pathname + writeVisitView(visit, view.area, window.location.search);
  if (address !== window.location.pathname + window.location.search) window.history.replaceState(window.history.state, "", address);
}

window.addEventListener("popstate", () => {
  if (window.location.pathname === "/kunjungan") takeVisitFromAddress();
});
