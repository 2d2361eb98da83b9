import { buildWebIfNeeded } from "./webBuild.ts";

/** Faults that are told to the person who starts, without the program's insides. */
function isTold(error: Error): boolean {
  return error.name === "DatabaseRefused" || error.name === "DatabaseAway" || error.constructor.name === "ConfigurationError";
}

try {
  await buildWebIfNeeded((line) => console.error(line));
  // In this process, so that a signal to it is one to the service.
  const { start } = await import("../api/server.ts");
  await start();
} catch (error) {
  if (error instanceof Error && isTold(error))
    console.error([error.message, ...(error.cause instanceof Error ? [error.cause.message] : [])].join("\n"));
  else console.error(error);
  process.exit(1);
}
