import { start } from "../../../api/server.ts";

// The service alone, without looking whether the dashboard is built.
await start();
