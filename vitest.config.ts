import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { withAssertedValues } from "./scripts/drive/mutation/assertedValues.ts";

/** The kernels' own tests run them with what they assert under watch; the others run them as they are. */
const assertedValues = {
  name: "asserted-values",
  enforce: "pre" as const,
  transform(code: string, path: string) {
    if (!/\/api\/analysis\/[^?]*\.ts$/.test(path) || path.includes("/tests/")) return undefined;
    return { code: withAssertedValues(path, code, '!globalThis.__vitest_worker__?.filepath?.includes("/tests/api/analysis/")'), map: null };
  },
};

// The root's own configuration, apart from vite.config.ts whose root is web/.
export default defineConfig({
  plugins: [assertedValues, svelte({ configFile: false })],
  resolve: { conditions: ["browser"] },
  test: {
    include: ["tests/**/*.test.ts"],
    globalSetup: ["tests/fixtures/globalSetup.ts"],
    environment: "node",
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 480_000,
    hookTimeout: 480_000,
    // A second, the usual patience of a poll, is short on a machine that does five other things.
    expect: { poll: { timeout: 60_000 } },
  },
});
