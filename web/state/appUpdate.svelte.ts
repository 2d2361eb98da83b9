const workerPath = "/sw.js";

/** The part of the dashboard that starts without a signal, and its updates: a new version waits until a person takes it or closes every window. */
class AppUpdate {
  isReady = $state(false);
  #waiting: ServiceWorker | null = null;

  /** Has the browser keep what the reports screen needs. On plain http from another computer there is no such thing, and everything works as long as there is a signal. */
  async register(): Promise<void> {
    if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
    try {
      const registration = await navigator.serviceWorker.register(workerPath);
      // One that is there before any was in charge is the first, and news to nobody.
      const look = (worker: ServiceWorker | null): void => {
        if (!worker || !navigator.serviceWorker.controller) return;
        this.#waiting = worker;
        this.isReady = true;
      };
      look(registration.waiting);
      registration.addEventListener("updatefound", () => {
        const worker = registration.installing;
        worker?.addEventListener("statechange", () => worker.state === "installed" && look(worker));
      });
    } catch {
      // Without it the dashboard only needs a signal to start.
    }
  }

  /** Takes the new version. What waits to be sent and what is being written stay on the device. */
  take(): void {
    navigator.serviceWorker.addEventListener("controllerchange", () => window.location.reload(), { once: true });
    this.#waiting?.postMessage("take over");
  }
}

/** The version that is installed in this browser. */
export const appUpdate = new AppUpdate();
