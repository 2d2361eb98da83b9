import { randomUUID } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import compression from "compression";
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler, type Response, Router } from "express";
import { ipKeyGenerator, rateLimit } from "express-rate-limit";
import helmet from "helmet";
import type { Logger } from "pino";
import { pinoHttp } from "pino-http";
import { auditedDatabase, makeTrail } from "./access/trail.ts";
import { DatabaseAway, StatementError } from "./database/database.ts";
import { type EndpointParts, endpoint, type Route } from "./endpoint.ts";
import { readJson } from "./formats/json.ts";
import { metricsOf } from "./metrics.ts";
import { languageOf, Problem, problem, problemDocument } from "./problem.ts";
import { RequestCounts } from "./requestCounts.ts";
import { auditRules } from "./routes/auditRules.ts";
import { allRoutes } from "./routes/index.ts";
import { openApiDocument } from "./routes/openapi.ts";
import type { Parts } from "./routes/parts.ts";
import { storageFailure } from "./storageFailure.ts";

const webFolder = fileURLToPath(new URL("../web/dist/", import.meta.url));
const docsFolder = fileURLToPath(new URL("../node_modules/swagger-ui-dist/", import.meta.url));
const loopback = /^(::1|::ffff:127\.|127\.)/;

function hostAllowed(allowed: readonly string[]): RequestHandler {
  return (request, _response, next) => {
    const host = (request.header("host") ?? "").replace(/:\d+$/, "");
    if (!allowed.includes(host)) throw problem("wrong_host", { value: host });
    next();
  };
}

function limits(isOn: boolean): RequestHandler[] {
  if (!isOn) return [];
  const tooMany =
    (seconds: number) =>
    (_request: Request, response: Response): void => {
      response.setHeader("Retry-After", String(seconds));
      throw problem("too_many_requests", { seconds });
    };
  const keyOf = (request: Request): string =>
    request.header("authorization") ?? request.header("cookie") ?? ipKeyGenerator(request.ip ?? "");
  return [
    rateLimit({
      windowMs: 1000,
      limit: 2000,
      store: new RequestCounts(),
      keyGenerator: keyOf,
      handler: tooMany(1),
      standardHeaders: false,
      legacyHeaders: false,
    }),
  ];
}

const secured: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", "data:", "blob:"],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      workerSrc: ["'self'", "blob:"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: false,
  crossOriginEmbedderPolicy: false,
});

/** `/api/jobs/{id}` as express writes it. */
const expressPath = (path: string): string => path.replace(/\{(\w+)\}/g, ":$1");

/** What stands behind /api. Routes are mounted by it, since comparing an address with all of them is most of what a small answer costs. */
const nounOf = (path: string): string => path.split("/", 3)[2]?.toLowerCase() ?? "";

function mount(app: Express, routes: readonly Route[], parts: Parts): void {
  const { identities } = parts;
  const identify = (request: Request) => identities.identify(request);
  const watch: EndpointParts["watch"] = (...watched) => identities.watch(...watched);
  const parseJson = (text: string): unknown => {
    const read = readJson(text);
    if ("fault" in read) throw problem(read.fault.code, read.fault.details);
    return read.value;
  };
  const trail = makeTrail(parts.database, auditRules);
  const reading: EndpointParts["reading"] = (work) => parts.database.reading?.(work) ?? work();
  const routers = new Map<string, Router>();
  const routerOf = (path: string): Router => routers.get(nounOf(path)) ?? routers.set(nounOf(path), Router()).get(nounOf(path))!;
  for (const declared of routes)
    routerOf(declared.path)[declared.method](
      expressPath(declared.path),
      endpoint(declared, { identify, watch, parseJson, reading, trail }),
    );
  for (const path of new Set(routes.map((declared) => declared.path))) {
    routerOf(path).all(expressPath(path), (request) => {
      throw problem("method_not_allowed", { value: request.method });
    });
  }
  app.use((request, response, next) => {
    const router = routers.get(nounOf(request.path));
    return router ? router(request, response, next) : next();
  });
}

/** The documentation page, served from here with nothing fetched from elsewhere. */
function mountDocs(app: Express): void {
  const page = `<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Waspada API</title><link rel="stylesheet" href="/api/docs/swagger-ui.css"></head><body><div id="swagger-ui"></div><script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/begin.js"></script></body></html>`;
  app.get("/api/docs", (_request, response) => void response.type("html").send(page));
  app.get(
    "/api/docs/begin.js",
    (_request, response) =>
      void response.type("js").send('window.SwaggerUIBundle({ url: "/api/openapi.json", dom_id: "#swagger-ui", validatorUrl: null });'),
  );
  for (const name of ["swagger-ui.css", "swagger-ui-bundle.js"]) {
    app.get(
      `/api/docs/${name}`,
      (_request, response) => void createReadStream(join(docsFolder, name)).pipe(response.type(name.endsWith("css") ? "css" : "js")),
    );
  }
}

/** The dashboard: its files for good where their names carry a hash, its page for every address of a screen. */
function mountWeb(app: Express): void {
  // Browsers ask for it on pages that name no mark of their own, such as the API's.
  app.get("/favicon.ico", (_request, response) => void response.status(204).end());
  app.use(
    express.static(webFolder, {
      index: false,
      setHeaders: (response, path) =>
        response.setHeader("Cache-Control", /[\\/]assets[\\/]/.test(path) ? "public, max-age=31536000, immutable" : "no-cache"),
    }),
  );
  app.get(/^\/[a-z-]*$/, (_request, response) => {
    if (!existsSync(join(webFolder, "index.html")))
      throw problem("starting", { reason: "web/dist belum dibuat, jalankan npm run build / web/dist is not built, run npm run build" });
    response.setHeader("Cache-Control", "no-cache");
    response.sendFile("index.html", { root: webFolder });
  });
}

const drainMilliseconds = 10_000;

/** Resolves when the sender has sent everything, or after ten seconds: answered earlier, a sender that still writes loses the answer with the connection. */
function drained(request: Request): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, drainMilliseconds);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    request.once("end", end).once("close", end).once("error", end).resume();
  });
}

/** Two transactions waited for each other, or one could not be put in an order with others: the engine gave this one up whole. */
const givenUp = new Set(["40P01", "40001"]);

function onFailure(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    let failure: Problem;
    if (error instanceof Problem) failure = error;
    else if (error instanceof DatabaseAway) failure = problem("database_away", { seconds: 5 });
    else if (error instanceof StatementError && givenUp.has(error.code)) failure = problem("database_busy", { seconds: 1 });
    else if (storageFailure(error)) failure = storageFailure(error) as Problem;
    else if (error instanceof URIError)
      failure = problem("invalid_parameter", { field: "path", value: request.originalUrl.slice(0, 100), expected: "UTF-8, %XX" });
    else {
      const number = randomUUID().slice(0, 8);
      log.error({ err: error, number, path: request.path }, "request failed");
      failure = problem("unexpected", { value: number });
    }
    if (failure.status === 503 || failure.status === 429) response.setHeader("Retry-After", String(failure.details.seconds ?? 5));
    if (failure.status === 401) response.setHeader("WWW-Authenticate", 'Bearer realm="Waspada"');
    const language = languageOf(request.header("accept-language"));
    response.status(failure.status).set({
      "Content-Type": "application/problem+json; charset=utf-8",
      "Content-Language": language,
      "Cache-Control": "no-store",
    });
    const text = JSON.stringify(problemDocument(failure, language, request.path));
    drained(request).then(() => response.send(text), next);
  };
}

/** The express app from its parts. It never listens, so tests mount it as they like. */
export function makeApp(parts: Parts, log: Logger): Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("etag", false);
  app.set("query parser", "simple");
  // Whose word about the asker's address and about TLS is taken.
  app.set("trust proxy", [...parts.config.trustedProxies]);
  app.use(
    pinoHttp({
      logger: log,
      autoLogging: { ignore: (request) => request.url === "/api/health" },
      customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? "error" : "debug"),
      serializers: {
        req: (request: { method: string; url: string }) => ({ method: request.method, path: request.url.split("?")[0] }),
        res: (response: { statusCode: number }) => ({ status: response.statusCode }),
      },
    }),
  );
  app.use(secured, hostAllowed(parts.config.allowedHosts), ...limits(parts.config.rateLimit));
  // On loopback the wire is free and compressing is not.
  const compressed = compression({
    filter: (request, response) =>
      response.getHeader("Content-Type") !== "text/event-stream; charset=utf-8" && compression.filter(request, response),
  });
  app.use((request, response, next) => (loopback.test(request.socket.remoteAddress ?? "") ? next() : compressed(request, response, next)));
  const metrics = metricsOf(parts.version);
  app.use(metrics.observe);
  app.get("/metrics", async (request, response) => {
    const isLocal = loopback.test(request.socket.remoteAddress ?? "") && request.header("x-forwarded-for") === undefined;
    const asking = isLocal ? null : await parts.identities.identify(request);
    if (!isLocal && !asking) throw problem("not_signed_in");
    if (asking && (asking.role !== "admin" || asking.isDemo)) throw problem("not_allowed", { role: asking.role });
    response.type(metrics.contentType).send(await metrics.read());
  });
  const routes = allRoutes({ ...parts, database: auditedDatabase(parts.database) });
  for (const [name, dialect] of [
    ["openapi", "3.1"],
    ["openapi-3.0", "3.0"],
  ] as const) {
    // Made when first asked for: a fifth of what a start takes.
    let document: string | null = null;
    app.get(`/api/${name}.json`, (_request, response) => {
      document ??= JSON.stringify(openApiDocument(routes, parts.version, dialect));
      response.setHeader("Content-Type", `application/vnd.oai.openapi+json;version=${dialect}`).send(document);
    });
  }
  mountDocs(app);
  mount(app, routes, parts);
  app.use("/api", (request) => {
    throw problem("not_found", { value: `${request.method} ${request.originalUrl.split("?")[0]}` });
  });
  mountWeb(app);
  app.use((request) => {
    throw problem("not_found", { value: request.path });
  });
  app.use(onFailure(log));
  return app;
}
