import { rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "vite";

// What is native, starts threads or reads files of its own stays where it is.
const leftOutside = [
  "@electric-sql/pglite",
  "@electric-sql/pglite-postgis",
  "@node-rs/argon2",
  "idn-area-data",
  "node-sqlite3-wasm",
  "pino",
  "pino-http",
  "pino-pretty",
  "piscina",
  "swagger-ui-dist",
  "tsx",
];

const project = resolve(import.meta.dirname, "../..");

/**
 * Puts the service as it is now into one file of plain JavaScript, with the packages it uses, and returns its path; it is gone when the drive ends. A drive that starts
 * the service hundreds of times starts that one: half the processor time of the sources without their packages, and work going on in the sources does not reach it.
 */
export async function bundleService(name: string): Promise<string> {
  const folder = join(project, "node_modules/.cache/waspada", `${name}-${process.pid}`);
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  await build({
    configFile: false,
    logLevel: "error",
    root: project,
    plugins: [
      {
        name: "files keep their places",
        enforce: "pre",
        transform(code, id) {
          if (!id.endsWith(".ts")) return null;
          const placed = code
            .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(id).href))
            .replaceAll("import.meta.dirname", JSON.stringify(dirname(id)));
          return { code: placed, map: null };
        },
      },
    ],
    ssr: { noExternal: true, external: leftOutside },
    build: {
      ssr: join(import.meta.dirname, "service/serve.ts"),
      outDir: folder,
      target: "node20",
      rollupOptions: { output: { entryFileNames: "serve.mjs" } },
    },
  });
  return join(folder, "serve.mjs");
}
