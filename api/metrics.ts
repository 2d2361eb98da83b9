import type { RequestHandler } from "express";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export interface Metrics {
  readonly observe: RequestHandler;
  readonly contentType: string;
  readonly read: () => Promise<string>;
}

/** Prometheus metrics of one app: the process, and how long each route takes by method and status. Paths are patterns, never addresses with ids. */
export function metricsOf(version: string): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({ name: "waspada_info", help: "Version of the service", labelNames: ["version"], registers: [registry] }).set({ version }, 1);
  const durations = new Histogram({
    name: "waspada_request_seconds",
    help: "Time from request to answer",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return {
    observe: (request, response, next) => {
      const end = durations.startTimer();
      response.on("finish", () => {
        const route = (request.route as { path?: unknown } | undefined)?.path;
        end({ method: request.method, route: typeof route === "string" ? route : "other", status: String(response.statusCode) });
      });
      next();
    },
    contentType: registry.contentType,
    read: () => registry.metrics(),
  };
}
