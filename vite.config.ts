import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { build, defineConfig, type Plugin, type Rolldown } from "vite";

const root = fileURLToPath(new URL("./web", import.meta.url));
/** The screens that start without a signal. */
const offlineScreens = /panels\/(laporan\/Laporan|masuk\/Masuk)\.svelte$/;
/** Letters of the two languages; the browser fetches others when a text has them. */
const offlineFonts = /inter-latin-wght-normal/;
const publicFiles = ["mark.svg", "search.svg", "manifest.webmanifest", "icons/waspada-192.png"];

/** The chunks that a chunk cannot do without, itself first. */
function closure(bundle: Rolldown.OutputBundle, fileName: string, known = new Set<string>()): Set<string> {
  const chunk = bundle[fileName];
  if (known.has(fileName) || chunk?.type !== "chunk") return known;
  known.add(fileName);
  for (const imported of chunk.imports) closure(bundle, imported, known);
  for (const style of (chunk as { viteMetadata?: { importedCss: Set<string> } }).viteMetadata?.importedCss ?? []) known.add(style);
  return known;
}

/** Builds the service worker, with the list of the files that the reports screen needs written into it. */
function offlineStart(): Plugin {
  let define: Record<string, string> = {};
  return {
    name: "offline-start",
    apply: "build",
    writeBundle(_options, bundle) {
      const files = Object.values(bundle);
      const first = files.filter((file) => file.type === "chunk" && (file.isEntry || offlineScreens.test(file.facadeModuleId ?? "")));
      const needed = new Set(first.flatMap((file) => [...closure(bundle, file.fileName)]));
      for (const file of files) if (offlineFonts.test(file.fileName)) needed.add(file.fileName);
      const page = bundle["index.html"];
      const revision = createHash("sha256")
        .update(page?.type === "asset" ? page.source : "")
        .digest("hex")
        .slice(0, 16);
      const startFiles = [
        { url: "/index.html", revision },
        ...[...needed].map((name) => ({ url: `/${name}`, revision: null })),
        ...publicFiles.map((name) => ({ url: `/${name}`, revision })),
      ];
      const hashedFiles = files.map((file) => `/${file.fileName}`).filter((name) => name.startsWith("/assets/"));
      define = { startFiles: JSON.stringify(startFiles), hashedFiles: JSON.stringify(hashedFiles), "process.env.NODE_ENV": '"production"' };
    },
    async closeBundle() {
      await build({
        configFile: false,
        root,
        publicDir: false,
        logLevel: "warn",
        define,
        build: {
          outDir: "dist",
          emptyOutDir: false,
          target: "es2022",
          rolldownOptions: { input: `${root}/worker/serviceWorker.ts`, output: { format: "iife", entryFileNames: "sw.js" } },
        },
      });
    },
  };
}

export default defineConfig({
  root,
  base: "/",
  plugins: [svelte(), offlineStart()],
  worker: { format: "es" },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    sourcemap: false,
    // Inlined assets would need data: in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The map library is one lazy piece.
    chunkSizeWarningLimit: 2000,
    // A browser asks for six files at a time: what screens share comes in few pieces.
    rolldownOptions: {
      output: {
        chunkFileNames: ({ name }) => `assets/${name.split("~").slice(0, 2).join("-")}-[hash].js`,
        codeSplitting: {
          groups: [{ name: "bersama", test: /[\\/](web|@lucide|svelte)[\\/]/, entriesAware: true, entriesAwareMergeThreshold: 24_000 }],
        },
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
});
