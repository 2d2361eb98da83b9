import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// The root's own configuration, apart from vite.config.ts whose root is web/.
export default defineConfig({
  plugins: [svelte({ configFile: false })],
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
