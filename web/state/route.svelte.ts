/** The screens that exist, by path. */
export const screenPaths = [
  "/",
  "/laporan",
  "/kunjungan",
  "/peringatan",
  "/data",
  "/metode",
  "/admin",
  "/akun",
  "/gaya",
  "/masuk",
] as const;
export type ScreenPath = (typeof screenPaths)[number];

class Route {
  path = $state(window.location.pathname);

  constructor() {
    window.addEventListener("popstate", () => {
      this.path = window.location.pathname;
    });
  }

  /** The screen of the present path; null where there is none. */
  get screen(): ScreenPath | null {
    return screenPaths.find((path) => path === this.path) ?? null;
  }

  /** Goes to a screen inside this page, optionally with a query (`?desa=…`). */
  go(path: ScreenPath, query = ""): void {
    window.history.pushState(null, "", path + query);
    this.path = path;
  }

  /** For links: an ordinary click stays in the page; a click with a modifier key is the browser's. */
  follow(event: MouseEvent, path: ScreenPath, query = ""): void {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    this.go(path, query);
  }
}

/** Where in the dashboard a person is. */
export const route = new Route();
