/** What the service may announce. */
export interface LiveHandlers {
  readonly onIncident: () => void;
  readonly onRun: () => void;
  readonly onImport: () => void;
  /** The line to the service is up, or was lost; the browser tries again by itself. */
  readonly onLine: (isUp: boolean) => void;
}

const pauseMilliseconds = 250;

/** Listens to what the service announces; many announcements in a short time are one. Returns what ends it. */
export function listenToService(handlers: LiveHandlers): () => void {
  const source = new EventSource("/api/events");
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const soon = (name: string, handle: () => void): void => {
    clearTimeout(timers.get(name));
    timers.set(name, setTimeout(handle, pauseMilliseconds));
  };
  source.addEventListener("incident", () => soon("incident", handlers.onIncident));
  source.addEventListener("run", () => soon("run", handlers.onRun));
  source.addEventListener("import", () => soon("import", handlers.onImport));
  source.addEventListener("open", () => handlers.onLine(true));
  source.addEventListener("error", () => handlers.onLine(false));
  return () => {
    source.close();
    for (const timer of timers.values()) clearTimeout(timer);
  };
}
