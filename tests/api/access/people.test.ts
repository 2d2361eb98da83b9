import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines } from "../../fixtures/database.ts";
import { startTestService, type TestAnswer, type TestService } from "../../fixtures/service.ts";

const password = "sandi yang cukup panjang";
let service: TestService;
const cookieOf = ({ headers }: TestAnswer): string => (headers.get("set-cookie") ?? "").split(";")[0] ?? "";
const by = (token: string) => ({ token });
const add = (name: string, role: string, areas: readonly string[] | null, more: object = {}) =>
  service.call("/api/users", { body: { name, role, areas, password, ...more } });
const change = (name: string, body: object, as: { token?: string } = {}) =>
  service.call(`/api/users/${name}`, { method: "PATCH", body, ...as });
const tokenOf = async (name: string, sent?: object): Promise<string> =>
  (await service.call(`/api/users/${name}/tokens`, { method: "POST", ...(sent ? { body: sent } : {}) })).body.token;
const signIn = (name: string, more: object = {}) => service.call("/api/session", { token: null, body: { name, password, ...more } });
const withCookie = (cookie: string) => ({ token: null, headers: { cookie } });
const codeOf = ({ status, body }: TestAnswer): [number, string | undefined] => [status, body?.code];

describe.each(engines)("people, tokens and sessions on %s", (engine) => {
  beforeAll(async () => {
    service = await startTestService(engine);
  }, 600_000);
  afterAll(() => service?.remove());

  test("a person is made, signs in, is changed while signed in, and is shut out at once", async () => {
    const made = await add("Budi Santoso", "analyst", ["35.21", "35.17", "35.17.09"]);
    expect([made.status, made.headers.get("location")]).toEqual([201, "/api/users/Budi%20Santoso"]);
    expect(made.body).toMatchObject({ role: "analyst", areas: ["35.17", "35.21"], hasPassword: true, disabled: false });
    expect(JSON.stringify(made.body)).not.toMatch(/argon2|sandi/);
    const cookie = cookieOf(await signIn("budi SANTOSO"));
    const me = async () => (await service.call("/api/session", withCookie(cookie))).body.person;
    expect(await me()).toEqual({ name: "Budi Santoso", role: "analyst", areas: ["35.17", "35.21"] });
    await change("Budi%20Santoso", { role: "viewer", areas: ["35.21"] });
    expect(await me()).toEqual({ name: "Budi Santoso", role: "viewer", areas: ["35.21"] });
    await change("Budi%20Santoso", { disabled: true });
    expect(await me()).toBe(null);
    expect(codeOf(await signIn("Budi Santoso"))).toEqual([401, "bad_credentials"]);
  });

  test("a token is told once, kept as a hash, narrows its person, and ends when revoked, expired or its person is closed", async () => {
    await add("Sri", "analyst", ["35.17"]);
    const made = await service.call("/api/users/Sri/tokens", { method: "POST" });
    expect(made.status).toBe(201);
    const token = made.body.token as string;
    const role = async (bearer: string) => (await service.call("/api/session", by(bearer))).body.person;
    expect(await role(token)).toEqual({ name: "Sri", role: "analyst", areas: ["35.17"] });
    const narrow = await tokenOf("Sri", { label: "peta", role: "viewer", areas: ["35.17.09"], readOnly: true });
    expect(await role(narrow)).toEqual({ name: "Sri", role: "viewer", areas: ["35.17.09"] });
    expect(codeOf(await service.call("/api/account/sessions", { ...by(narrow), method: "DELETE" }))).toEqual([403, "read_only_token"]);
    const listed = (await service.call("/api/users/Sri/tokens")).body.tokens;
    expect(listed.map(({ label }: { label: string }) => label).sort()).toEqual(["peta", "token"]);
    expect(JSON.stringify(listed)).not.toContain(token);
    expect((await service.call("/api/session", { token: null, body: { token } })).body.person.name).toBe("Sri");
    const session = cookieOf(await service.call("/api/session", { token: null, body: { token } }));
    await service.call(`/api/users/Sri/tokens/${made.body.id}`, { method: "DELETE" });
    expect(codeOf(await service.call("/api/session", by(token)))).toEqual([401, "bad_credentials"]);
    expect((await service.call("/api/session", withCookie(session))).body.person).toBe(null);
    await change("Sri", { areas: ["35.21"] });
    expect((await role(narrow)).areas).toEqual([]);
    await change("Sri", { role: "reporter" });
    expect(codeOf(await service.call("/api/session", by(narrow)))).toEqual([401, "bad_credentials"]);
  });

  test.each([
    [{ role: "admin" }, [422, "beyond_persons_rights"]],
    [{ areas: ["35"] }, [422, "beyond_persons_rights"]],
    [{ areas: [] }, [422, "invalid_field"]],
    [{ expiresAt: "2001-01-01T00:00:00Z" }, [422, "invalid_field"]],
    [{ expires: "2031-01-01T00:00:00Z" }, [422, "unknown_field"]],
  ])("a token wider than its person, or not in the future, is refused: %j", async (body, expected) => {
    await add("Wati", "analyst", ["35.17"]);
    expect(codeOf(await service.call("/api/users/Wati/tokens", { body }))).toEqual(expected);
  });

  test("an admin of an area manages the people inside it, gives no more than it has, and knows of nobody else", async () => {
    await add("Kepala Jatim", "admin", ["35"]);
    await add("Orang Jateng", "analyst", ["33.01"]);
    await add("Pusat", "admin", null);
    const bearer = by(await tokenOf("Kepala Jatim"));
    expect(codeOf(await service.call("/api/users", { ...bearer, body: { name: "Semua", role: "viewer", areas: null } }))).toEqual([
      403,
      "beyond_own_rights",
    ]);
    expect(
      codeOf(await service.call("/api/users", { ...bearer, body: { name: "Tetangga", role: "viewer", areas: ["35.01", "33"] } })),
    ).toEqual([403, "beyond_own_rights"]);
    const own = await service.call("/api/users", { ...bearer, body: { name: "Staf Jatim", role: "viewer" } });
    expect([own.status, own.body.areas]).toEqual([201, ["35"]]);
    for (const name of ["Orang%20Jateng", "Pusat", "tiada"]) {
      expect(codeOf(await service.call(`/api/users/${name}`, bearer))).toEqual([404, "not_found"]);
      expect(codeOf(await change(name, { disabled: true }, bearer))).toEqual([404, "not_found"]);
      expect(codeOf(await service.call(`/api/users/${name}/tokens`, { ...bearer, method: "POST" }))).toEqual([404, "not_found"]);
    }
    const list = (await service.call("/api/users", bearer)).body;
    expect(list.people.every(({ areas }: { areas: string[] | null }) => areas?.every((code) => code.startsWith("35")))).toBe(true);
    expect(list.numberMatched).toBe(list.people.length);
    expect(codeOf(await change("Staf%20Jatim", { areas: null }, bearer))).toEqual([403, "beyond_own_rights"]);
  });

  test("the last national admin stays, however it is tried, also when two go at once", async () => {
    await add("Admin Dua", "admin", null);
    const both = await Promise.all(["Pusat", "Admin%20Dua"].map((name) => service.call(`/api/users/${name}`, { method: "DELETE" })));
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
    const rest = (await service.call("/api/users?limit=500")).body.people.filter(
      (person: { role: string; areas: unknown }) => person.role === "admin" && person.areas === null,
    );
    expect(rest).toHaveLength(1);
    const name = encodeURIComponent(rest[0].name);
    for (const body of [{ role: "viewer" }, { areas: ["35"] }, { disabled: true }])
      expect(codeOf(await change(name, body))).toEqual([409, "last_admin"]);
  });

  test("a removed name is not given again, nor one that differs in letter case, nor one of the service's own", async () => {
    await add("Joko", "viewer", ["35.17"]);
    expect(codeOf(await add("JOKO", "viewer", ["35.17"]))).toEqual([409, "name_taken"]);
    await service.call("/api/users/Joko", { method: "DELETE" });
    expect(codeOf(await add("joko", "viewer", ["35.17"]))).toEqual([409, "name_taken"]);
    for (const name of ["demo", "Keeper", "admin"]) expect(codeOf(await add(name, "viewer", ["35.17"]))).toEqual([422, "invalid_field"]);
  });

  test("the same key makes one person and one token, and the token is not told again", async () => {
    const headers = { "idempotency-key": `k-${engine}` };
    const body = { name: "Sekali", role: "viewer", areas: ["35.17"], password };
    const twice = [await service.call("/api/users", { body, headers }), await service.call("/api/users", { body, headers })];
    expect(twice.map(({ status }) => status)).toEqual([201, 200]);
    const tokens = [1, 2].map(() => service.call("/api/users/Sekali/tokens", { body: {}, headers: { "idempotency-key": `t-${engine}` } }));
    const answers = await Promise.all(tokens);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 201]);
    expect(answers.filter((answer) => answer.body.token === null)).toHaveLength(1);
    expect((await service.call("/api/users/Sekali/tokens")).body.tokens).toHaveLength(1);
  });

  test.each([
    ["pendek", "invalid_field"],
    ["aaaaaaaaaaaaaaaa", "invalid_field"],
    ["abcdefghijklmnop", "invalid_field"],
    ["Dewi.dewi dewi-d", "invalid_field"],
  ])("an easily guessed password is refused and not said back: %s", async (weak, code) => {
    const answer = await add("Dewi", "viewer", ["35.17"], { password: weak });
    expect(codeOf(answer)).toEqual([422, code]);
    expect(JSON.stringify(answer.body)).not.toContain(weak);
  });

  test("a reset password must be changed before anything else, and changing it ends the other sessions", async () => {
    await add("Rina", "analyst", ["35.17"]);
    const before = cookieOf(await signIn("Rina"));
    await change("Rina", { password: "sandi baru dari admin" });
    expect((await service.call("/api/session", withCookie(before))).body.person).toBe(null);
    const entered = await signIn("Rina", { password: "sandi baru dari admin" });
    expect(entered.body.mustChangePassword).toBe(true);
    const cookie = withCookie(cookieOf(entered));
    expect(codeOf(await service.call("/api/jobs", cookie))).toEqual([403, "password_change_required"]);
    const put = (current: string, fresh: string) =>
      service.call("/api/account/password", { ...cookie, method: "PUT", body: { current, password: fresh } });
    expect(codeOf(await put("bukan sandinya", "sandi pilihan sendiri"))).toEqual([403, "wrong_password"]);
    const other = withCookie(cookieOf(await signIn("Rina", { password: "sandi baru dari admin" })));
    expect((await put("sandi baru dari admin", "sandi pilihan sendiri")).status).toBe(204);
    expect((await service.call("/api/jobs", cookie)).status).toBe(200);
    expect((await service.call("/api/session", other)).body.person).toBe(null);
  });

  test("a person sees the own sessions and ends them; a stream that is open ends with them", async () => {
    await add("Tono", "analyst", ["35.17"]);
    const [here, there] = [withCookie(cookieOf(await signIn("Tono"))), withCookie(cookieOf(await signIn("Tono")))];
    const list = (await service.call("/api/account/sessions", here)).body;
    expect(list.numberMatched).toBe(2);
    const other = list.sessions.find(({ isThis }: { isThis: boolean }) => !isThis);
    const stream = await fetch(`${service.url}/api/events`, { headers: there.headers });
    const ended = (async () => {
      for await (const _ of stream.body as unknown as AsyncIterable<Uint8Array>);
      return "ended";
    })();
    expect((await service.call(`/api/account/sessions/${other.id}`, { ...here, method: "DELETE" })).status).toBe(204);
    expect(await ended).toBe("ended");
    expect((await service.call("/api/jobs", there)).status).toBe(401);
    expect((await service.call("/api/jobs", here)).status).toBe(200);
    expect((await service.call("/api/users/Tono/sessions", { method: "DELETE" })).status).toBe(204);
    expect((await service.call("/api/jobs", here)).status).toBe(401);
  });

  test("roles that are no admin reach no people; a person's own account is closed to the bootstrap token", async () => {
    await add("Pemirsa", "viewer", ["35.17"]);
    const viewer = by(await tokenOf("Pemirsa"));
    for (const path of ["/api/users", "/api/users/Tono", "/api/users/Tono/tokens", "/api/users/Tono/sessions"])
      expect(codeOf(await service.call(path, viewer))).toEqual([403, "not_allowed"]);
    expect((await service.call("/api/account", viewer)).body).toMatchObject({ name: "Pemirsa", isOwnSession: false });
    expect(codeOf(await service.call("/api/account/tokens", { ...viewer, body: {} }))).toEqual([403, "person_session_only"]);
    expect(codeOf(await service.call("/api/account"))).toEqual([403, "person_session_only"]);
  });

  test("figures of the service are for this computer and for admins' tokens", async () => {
    const headers = { "x-forwarded-for": "10.0.0.1" };
    const status = async (token: string | null) => (await service.call("/metrics", { token, headers })).status;
    await add("Pengamat", "admin", ["35.17"]);
    await add("Bukan Admin", "leader", null);
    const tokens = [null, await tokenOf("Pengamat"), await tokenOf("Bukan Admin"), "wsp_bukan-token"];
    expect(await Promise.all(tokens.map(status))).toEqual([401, 200, 403, 401]);
  });
});
