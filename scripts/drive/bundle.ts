import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "vite";

const project = resolve(import.meta.dirname, "../..");

/**
 * Puts the service as it is now into one file of plain JavaScript and returns its path. A drive that starts the service hundreds of times starts that one: a third of
 * the processor time, and work going on in the sources meanwhile does not reach it.
 */
export async function bundleService(name: string): Promise<string> {
  const folder = join(project, "node_modules/.cache/waspada", `${name}-${process.pid}`);
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
    build: {
      ssr: join(import.meta.dirname, "imports/serve.ts"),
      outDir: folder,
      target: "node20",
      rollupOptions: { output: { entryFileNames: "serve.mjs" } },
    },
  });
  return join(folder, "serve.mjs");
}
