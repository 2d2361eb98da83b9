import { catalogue } from "../../../api/contract/problems.ts";
import type { FuzzAnswer, FuzzRequest } from "./request.ts";

/** No answer may take longer, but for work that was asked for in due form. */
export const mostMilliseconds = 5000;

const innards =
  /\bat .{1,80}\(?(file:|node:|\/).{1,200}:\d+:\d+|node_modules|PostgresError|syntax error at|relation "|column ".*" does not/;

// What was sent may be told back; what was not sent must not come out.
const showsInnards = (request: FuzzRequest, text: string): boolean => {
  const found = innards.exec(text)?.[0];
  return found !== undefined && !`${request.path}${request.body ?? ""}`.includes(found);
};

/** What Node itself refuses before our program sees it, because it is no HTTP: a bare status and the end of the connection. */
const isNoHttp = ({ status, headers, body }: FuzzAnswer): boolean =>
  [400, 408, 413, 417, 431].includes(status) && body.length === 0 && headers["content-type"] === undefined;

const isProblem = (type: string): boolean => type.startsWith("application/problem+json");

/** Whether this asked for an analysis and got it: it may take its time. */
export const isWork = (request: FuzzRequest, answer: FuzzAnswer): boolean =>
  answer.status < 300 && (request.path.includes("/execution") || request.path.includes("replay="));

/** Whether this changed something with the service's consent. */
export const isAcceptedWrite = (request: FuzzRequest, answer: FuzzAnswer): boolean =>
  answer.status >= 200 && answer.status < 300 && !["GET", "HEAD", "OPTIONS"].includes(request.method);

/** What is wrong with an answer, whatever was asked; null where nothing is. */
export function judge(request: FuzzRequest, answer: FuzzAnswer): string | null {
  const type = String(answer.headers["content-type"] ?? "");
  if (answer.status === 0) return `no answer: ${answer.failure}`;
  if (answer.status >= 500) return `${answer.status} ${answer.body.toString().slice(0, 300)}`;
  if (answer.failure !== null) return `the answer broke off: ${answer.failure}`;
  if (isNoHttp(answer)) return null;
  if (answer.headers["x-content-type-options"] !== "nosniff") return "the answer lacks x-content-type-options";
  if (request.method === "HEAD" || answer.status === 304) return null;
  if (answer.status >= 400) {
    if (!isProblem(type)) return `${answer.status} as ${type || "nothing"} in place of a problem`;
    const text = answer.body.toString();
    const { code, status, detail } = JSON.parse(text) as { code?: string; status?: number; detail?: string };
    if (code === undefined || !Object.hasOwn(catalogue, code)) return `a problem of unknown code ${code}`;
    if (status !== answer.status || !detail) return `the problem ${code} says ${status} in an answer of ${answer.status}`;
    if (showsInnards(request, text)) return `the problem ${code} shows the program's innards: ${text.slice(0, 300)}`;
    return null;
  }
  if (/json/.test(type)) {
    try {
      JSON.parse(answer.body.toString());
    } catch {
      return `${answer.status} is no JSON`;
    }
  }
  return null;
}
