import type { ServiceAccess } from "./serviceAccess.ts";

const isEnglish = /^en/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || "");

/** One of two sentences, by the language of the shell. */
export const say = (indonesian: string, english: string): string => (isEnglish ? english : indonesian);

/** What the service refused, in words for a person. */
export class Refused extends Error {}

/** Asks the service for JSON; null for an empty answer. @throws Refused with the problem's own sentence. */
export async function askService<T>(access: ServiceAccess, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(new URL(path, access.url), {
    method,
    headers: {
      Authorization: `Bearer ${access.token}`,
      "Accept-Language": isEnglish ? "en" : "id",
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (answer.ok) return (text === "" ? null : JSON.parse(text)) as T;
  let told = `HTTP ${answer.status} ${text.slice(0, 200)}`;
  try {
    const { detail, code } = JSON.parse(text) as { detail?: string; code?: string };
    if (detail) told = `${detail} (${code})`;
  } catch {
    // Not a problem document: what came is told as it is.
  }
  throw new Refused(told);
}

/** Runs a command: its exit status is what it returns, 1 with the sentence for what was refused, 2 with the usage for a wrong option. */
export async function runCommand(usage: string, main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    const isUsage = (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS") === true;
    console.error((error as Error).message);
    if (isUsage) console.error(usage);
    process.exitCode = isUsage ? 2 : 1;
  }
}
