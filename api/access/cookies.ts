import type { Request } from "express";
import { problem } from "../problem.ts";

/** The cookie of a session on plain HTTP. On TLS its name begins with `__Host-`, which no other host, path or plain page can set. */
export const sessionCookie = "waspada_session";
/** The cookie that ties a sign-in by OpenID Connect to the browser that began it. */
export const openIdCookie = "waspada_openid";

const isSecure = (request: Request): boolean => request.protocol === "https";
const nameOn = (request: Request, name: string): string => (isSecure(request) ? `__Host-${name}` : name);

/** What the browser sent under that name, or null. */
export function readCookie(request: Request, name: string): string | null {
  const wanted = nameOn(request, name);
  for (const part of (request.header("cookie") ?? "").split(";")) {
    const [found, value] = part.trim().split("=");
    if (found === wanted && value) return value;
  }
  return null;
}

/** A Set-Cookie header; no seconds left clears it. `Lax` for what must survive the way back from another site. */
export function cookieHeader(
  request: Request,
  name: string,
  value: string,
  seconds: number,
  sameSite: "Strict" | "Lax" = "Strict",
): string {
  const secure = isSecure(request) ? "; Secure" : "";
  return `${nameOn(request, name)}=${value}; Path=/; HttpOnly; SameSite=${sameSite}; Max-Age=${seconds}${secure}`;
}

/** A page of another site may ride on the cookie; its requests to change something are told by Origin and Sec-Fetch-Site. */
export function refuseForeignPage(request: Request): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const site = request.header("sec-fetch-site");
  const origin = request.header("origin");
  const isForeign =
    (site !== undefined && site !== "same-origin" && site !== "none") ||
    (origin !== undefined && hostOf(origin) !== request.header("host"));
  if (isForeign) throw problem("wrong_origin", { value: origin ?? site });
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
