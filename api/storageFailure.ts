import { StatementError } from "./database/database.ts";
import { type Problem, problem } from "./problem.ts";

// Disk full, out of memory, too large a file, and errors of reading and writing: PostgreSQL's classes 53 and 58, and the system's own names.
const statementCodes = /^(53|58)/;
const systemCodes = new Set(["ENOSPC", "EDQUOT", "EIO", "EFBIG", "EROFS", "ENOMEM", "EMFILE", "ENFILE"]);

/** The problem to tell where the machine had no room or its disk failed: nothing was stored, and it may work again later. Null for any other error. */
export function storageFailure(error: unknown): Problem | null {
  const code = (error as { code?: unknown } | null)?.code;
  const isFailure = typeof code === "string" && (error instanceof StatementError ? statementCodes.test(code) : systemCodes.has(code));
  return isFailure ? problem("storage_failed", { value: code, seconds: 30 }) : null;
}
