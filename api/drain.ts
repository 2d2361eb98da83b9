import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { languageOf, problem, problemDocument } from "./problem.ts";

/** The requests of a server, and how it stops answering them. */
export interface Drain {
  /** The handler, for as long as the server goes on; afterwards what still comes in on open connections is refused. */
  readonly guard: (handler: RequestListener) => RequestListener;
  /** Takes no connection any more and waits until what is under way is answered, at most so long; what is not by then is cut off. */
  readonly stop: (mostMilliseconds: number) => Promise<void>;
}

function refuse(request: IncomingMessage, response: ServerResponse): void {
  const language = languageOf(request.headers["accept-language"]);
  response.writeHead(503, { "Content-Type": "application/problem+json; charset=utf-8", "Retry-After": "5", Connection: "close" });
  response.end(JSON.stringify(problemDocument(problem("stopping", { seconds: 5 }), language, (request.url ?? "/").split("?")[0] ?? "/")));
}

/** Watches a server's requests from now on. */
export function drainOf(server: Server): Drain {
  const underWay = new Set<ServerResponse>();
  let isStopping = false;
  let whenNone: () => void = () => undefined;
  return {
    guard: (handler) => (request, response) => {
      if (isStopping) return refuse(request, response);
      underWay.add(response);
      response.once("close", () => {
        underWay.delete(response);
        if (underWay.size === 0) whenNone();
      });
      return handler(request, response);
    },
    async stop(mostMilliseconds) {
      isStopping = true;
      // A client that keeps its connection learns with its answer that there will be no other.
      for (const response of underWay) if (!response.headersSent) response.setHeader("Connection", "close");
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      let timer: NodeJS.Timeout | undefined;
      const bound = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, mostMilliseconds);
      });
      const answered = new Promise<void>((resolve) => {
        whenNone = resolve;
        if (underWay.size === 0) resolve();
      });
      await Promise.race([answered, bound]);
      clearTimeout(timer);
      // Half-open connections and such as send nothing more would never close by themselves.
      server.closeAllConnections();
      await closed;
    },
  };
}
