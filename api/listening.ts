import type { Server } from "node:http";
import { type Config, ConfigurationError } from "./config.ts";
import { problem, problemDocument } from "./problem.ts";

/** Answers everything with 503 and the reason until the app is ready: a page that asks again for a person, a problem for a program. */
export function whilePreparing(state: { reason: string }): (server: Server) => void {
  return (server) => {
    server.on("request", (request, response) => {
      if (server.listenerCount("request") > 1) return;
      const isPage = /text\/html/.test(request.headers.accept ?? "");
      const page = `<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Waspada</title></head><body><h1>Waspada sedang bersiap…</h1><p>${state.reason}</p></body></html>`;
      response.writeHead(503, {
        "Content-Type": isPage ? "text/html; charset=utf-8" : "application/problem+json; charset=utf-8",
        "Retry-After": "1",
        Connection: "close",
        ...(isPage ? { Refresh: "2" } : {}),
      });
      response.end(
        isPage ? page : JSON.stringify(problemDocument(problem("starting", { reason: state.reason }), "id", request.url ?? "/")),
      );
    });
  };
}

/** Takes connections. @throws ConfigurationError where the port is taken. */
export function listen(server: Server, config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === "EADDRINUSE";
      reject(
        isTaken
          ? new ConfigurationError(
              `PORT ${config.port} di ${config.host} sudah dipakai program lain. / PORT ${config.port} on ${config.host} is in use; choose another with PORT=…`,
            )
          : error,
      );
    });
    server.listen(config.port, config.host, () => resolve());
  });
}
