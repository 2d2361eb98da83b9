import type { Role } from "../endpoint.ts";

/** Who reads and keeps standing disputes: they name groups, so neither viewers, who see sums, nor those who only file reports. */
export const potentialReaders: readonly Role[] = ["analyst", "leader", "verifier", "admin"];
