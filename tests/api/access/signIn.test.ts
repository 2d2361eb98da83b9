import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines } from "../../fixtures/database.ts";
import { startTestService, type TestAnswer, type TestService } from "../../fixtures/service.ts";

const password = "sandi yang cukup panjang";
const codeOf = ({ status, body }: TestAnswer): [number, string | undefined] => [status, body?.code];
const cookieOf = ({ headers }: TestAnswer): string => (headers.get("set-cookie") ?? "").split(";")[0] ?? "";
// The machine's proxy is trusted, so that each test signs in from addresses of its own.
const limited = { RATE_LIMIT: "on", TRUSTED_PROXIES: "127.0.0.1" };

describe.each(engines)("signing in on %s", (engine) => {
  let service: TestService;
  const add = (name: string) => service.call("/api/users", { body: { name, role: "analyst", areas: ["35.17"], password } });
  const signIn = (name: string, sent: object, address: string) =>
    service.call("/api/session", { token: null, body: { name, password, ...sent }, headers: { "x-forwarded-for": address } });
  beforeAll(async () => {
    service = await startTestService(engine, limited);
  }, 600_000);
  afterAll(() => service?.remove());

  test("five wrong passwords for one name make it wait a minute, from whatever address, also with the right one", async () => {
    await add("Korban");
    for (let i = 1; i <= 5; i += 1)
      expect(codeOf(await signIn("Korban", { password: `tebakan ${i}` }, `10.0.${i}.1`))).toEqual([401, "bad_credentials"]);
    const waiting = await signIn("KORBAN", {}, "10.0.9.1");
    expect(codeOf(waiting)).toEqual([429, "too_many_requests"]);
    expect(Number(waiting.headers.get("retry-after"))).toBeGreaterThan(30);
    expect(Number(waiting.headers.get("retry-after"))).toBeLessThanOrEqual(60);
  });

  test("five wrong tries from one address make it wait, whatever the names; nobody else waits", async () => {
    await add("Tetangga");
    const tries = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((i) => signIn(`tiada ${i}`, {}, "10.1.0.1")));
    expect(tries.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect((await signIn("Tetangga", {}, "10.1.0.1")).status).toBe(429);
    expect((await signIn("Tetangga", {}, "10.2.0.1")).status).toBe(200);
  });

  test("a whole office signs in at once from one address, and who mistypes twice is not held up", async () => {
    const names = Array.from({ length: 8 }, (_, i) => `Staf ${i}`);
    await Promise.all(names.map(add));
    const all = await Promise.all(names.map((name) => signIn(name, {}, "10.3.0.1")));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));
    for (let i = 0; i < 3; i += 1) {
      for (const wrong of [1, 2]) expect((await signIn("Staf 1", { password: `salah ${wrong}` }, `10.3.${i + 1}.1`)).status).toBe(401);
      expect((await signIn("Staf 1", {}, "10.3.9.1")).status).toBe(200);
    }
  });

  test("one-time codes: offered, confirmed, asked for, used once, replaced by recovery codes, reset by an admin", async () => {
    await add("Dua Langkah");
    const cookie = { token: null, headers: { cookie: cookieOf(await signIn("Dua Langkah", {}, "10.4.0.1")) } };
    const { secret, uri, qr } = (await service.call("/api/account/totp", { ...cookie, method: "POST" })).body;
    expect([uri.startsWith("otpauth://totp/Waspada:Dua%20Langkah?"), qr.startsWith("<svg")]).toEqual([true, true]);
    // The code as any authenticator app makes it from the key, of this step and of the next: clocks differ.
    const app = new TOTP({ secret: Secret.fromBase32(secret) });
    const at = (steps: number) => app.generate({ timestamp: Date.now() + steps * 30_000 });
    expect((await signIn("Dua Langkah", {}, "10.4.0.1")).status).toBe(200);
    const wrong = await service.call("/api/account/totp", { ...cookie, method: "PUT", body: { code: at(5) } });
    expect(codeOf(wrong)).toEqual([422, "unconfirmed_code"]);
    const on = await service.call("/api/account/totp", { ...cookie, method: "PUT", body: { code: at(0) } });
    expect([on.status, on.body.recoveryCodes.length]).toEqual([200, 10]);
    expect(codeOf(await signIn("Dua Langkah", {}, "10.4.0.1"))).toEqual([401, "totp_required"]);
    expect(codeOf(await signIn("Dua Langkah", { password: "salah", code: at(1) }, "10.4.0.2"))).toEqual([401, "bad_credentials"]);
    const code = at(1);
    const both = await Promise.all(["10.4.0.3", "10.5.0.3"].map((address) => signIn("Dua Langkah", { code }, address)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect(codeOf(await signIn("Dua Langkah", { code: at(0) }, "10.4.0.4"))).toEqual([401, "wrong_code"]);
    const recovery = on.body.recoveryCodes[0].toLowerCase();
    expect((await signIn("Dua Langkah", { code: recovery }, "10.4.0.5")).status).toBe(200);
    expect(codeOf(await signIn("Dua Langkah", { code: recovery }, "10.4.0.6"))).toEqual([401, "wrong_code"]);
    expect((await service.call("/api/account", cookie)).body).toMatchObject({ totp: true, recoveryCodesLeft: 9 });
    const off = (sent: string) => service.call("/api/account/totp/off", { ...cookie, body: { password: sent } });
    expect(codeOf(await off("salah"))).toEqual([403, "wrong_password"]);
    expect((await service.call("/api/users/Dua%20Langkah/totp", { method: "DELETE" })).status).toBe(204);
    expect((await signIn("Dua Langkah", {}, "10.4.0.7")).status).toBe(200);
  });
});

describe("cookies", () => {
  test("behind a trusted proxy with TLS the cookie is __Host-, and one without that name counts for nothing", async () => {
    const service = await startTestService("postgres", { TRUSTED_PROXIES: "127.0.0.1/32" });
    await service.call("/api/users", { body: { name: "Tls", role: "analyst", areas: ["35.17"], password } });
    const tls = { "x-forwarded-proto": "https" };
    const answer = await service.call("/api/session", { token: null, headers: tls, body: { name: "Tls", password } });
    expect(answer.headers.get("set-cookie")).toMatch(
      /^__Host-waspada_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200; Secure$/,
    );
    const cookie = cookieOf(answer);
    const status = async (headers: Record<string, string>) => (await service.call("/api/jobs", { token: null, headers })).status;
    expect(await status({ ...tls, cookie })).toBe(200);
    expect(await status({ ...tls, cookie: cookie.replace("__Host-", "") })).toBe(401);
    await service.remove();
  });

  test("an untrusted address cannot say that it is another, nor that it speaks TLS", async () => {
    const service = await startTestService("postgres");
    const headers = { "x-forwarded-proto": "https", "x-forwarded-for": "10.0.0.1" };
    await service.call("/api/users", { body: { name: "Polos", role: "analyst", areas: ["35.17"], password } });
    const answer = await service.call("/api/session", { token: null, headers, body: { name: "Polos", password } });
    expect(answer.headers.get("set-cookie")).toMatch(/^waspada_session=/);
    const foreign = { "sec-fetch-site": "cross-site" };
    expect(codeOf(await service.call("/api/session", { token: null, headers: foreign, body: { name: "Polos", password } }))).toEqual([
      403,
      "wrong_origin",
    ]);
    expect(
      codeOf(await service.call("/api/session", { token: null, headers: { origin: "null" }, body: { name: "Polos", password } })),
    ).toEqual([403, "wrong_origin"]);
    await service.remove();
  });
});
