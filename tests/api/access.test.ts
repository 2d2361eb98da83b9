import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines } from "../fixtures/database.ts";
import { adminToken, startTestService, type TestService } from "../fixtures/service.ts";

const cookieOf = (headers: Headers): string => (headers.get("set-cookie") ?? "").split(";")[0] ?? "";

describe.each(engines)("who may do what, %s", (engine) => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService(engine);
  });
  afterAll(() => service?.remove());

  test.each(["/api", "/api/conformance", "/api/openapi.json", "/api/docs", "/api/health", "/api/session", "/api/taxonomy"])(
    "anybody reads %s",
    async (path) => {
      expect((await service.call(path, { token: null })).status).toBe(200);
    },
  );

  test("every route but the open ones asks who is there", async () => {
    const document = (await service.call("/api/openapi.json", { token: null })).body as {
      paths: Record<string, Record<string, { security: unknown[] }>>;
    };
    const asked: string[] = [];
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        if (operation.security.length === 0) continue;
        asked.push(path);
        const address = path.replace("{collection}", "villages").replace(/\{\w+\}/g, "1");
        expect([method, path, (await service.call(address, { method: method.toUpperCase(), token: null })).status]).toEqual([
          method,
          path,
          401,
        ]);
      }
    }
    expect(asked.length).toBeGreaterThan(25);
  });

  test("a session begins with a token, rides on a cookie that scripts cannot read, and ends", async () => {
    const began = await service.call("/api/session", { body: { token: adminToken }, token: null });
    expect(began.headers.get("set-cookie")).toMatch(/HttpOnly; SameSite=Strict/);
    const cookie = cookieOf(began.headers);
    expect((await service.call("/api/collections", { token: null, headers: { cookie } })).status).toBe(200);
    await service.call("/api/session", { method: "DELETE", token: null, headers: { cookie } });
    expect((await service.call("/api/collections", { token: null, headers: { cookie } })).status).toBe(401);
    expect((await service.call("/api/session", { body: { token: "bukan token ini" }, token: null })).body.code).toBe("bad_credentials");
  });

  test("a page of another site cannot use the cookie to change anything", async () => {
    const cookie = cookieOf((await service.call("/api/session", { body: { token: adminToken }, token: null })).headers);
    const answer = await service.call("/api/collections/incidents/items", {
      method: "POST",
      token: null,
      headers: { cookie, "content-type": "application/json", "sec-fetch-site": "cross-site" },
      body: "{}",
    });
    expect([answer.status, answer.body.code]).toEqual([403, "wrong_origin"]);
  });

  test("a host name that is not the office's own is not answered", async () => {
    const { request } = await import("node:http");
    const status = await new Promise<number | undefined>((resolve) => {
      request(`${service.url}/api/health`, { headers: { host: "jahat.example" } }, (answer) => resolve(answer.resume().statusCode)).end();
    });
    expect(status).toBe(400);
  });

  test("answers carry a strict policy and no third party in it", async () => {
    const policy = (await service.call("/api", { token: null })).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/https?:|\*/);
  });
});

describe("the first start without a token", () => {
  test("prints a link that makes one admin, once", async () => {
    const written: string[] = [];
    const write = process.stdout.write.bind(process.stdout);
    process.stdout.write = ((text: string | Uint8Array) =>
      typeof text === "string" && text.includes("/masuk?kode=") ? Boolean(written.push(text)) : write(text)) as typeof process.stdout.write;
    const service = await startTestService("postgres", { ADMIN_TOKEN: "" });
    process.stdout.write = write;
    const link = /kode=(\S+)/.exec(written[0] ?? "")?.[1] ?? "";
    const account = { name: "Kepala Bidang", password: "sandi yang panjang sekali" };
    expect((await service.call("/api/setup", { token: null, body: { link: "salah", ...account } })).body.code).toBe("setup_closed");
    const made = await service.call("/api/setup", { token: null, body: { link, ...account } });
    expect(made.status).toBe(201);
    expect(made.body.person).toEqual({ name: account.name, role: "admin", areas: null });
    expect((await service.call("/api/setup", { token: null, body: { link, ...account } })).body.code).toBe("setup_closed");
    expect((await service.call("/api/session", { token: null, body: account })).status).toBe(200);
    expect((await service.call("/api/session", { token: null, body: { ...account, password: "sandi lain" } })).status).toBe(401);
    await service.remove();
  });
});

describe("the demo", () => {
  test("signs a browser in for its own area only, and is gone when removed", async () => {
    const service = await startTestService("postgres", { DEMO: "on" });
    const first = await service.call("/api/session", { token: null });
    const cookie = cookieOf(first.headers);
    expect(first.body).toMatchObject({ demo: true, person: { name: "demo", areas: ["99.01"] } });
    expect((await service.call("/api/session", { token: null, headers: { "x-forwarded-for": "10.0.0.1" } })).body.person).toBe(null);
    const villages = (await service.call("/api/collections/villages/items?limit=1", { token: null, headers: { cookie } })).body
      .numberMatched;
    expect(villages).toBeGreaterThan(250);
    const elsewhere = JSON.parse(readFileSync("data/demo/region.geojson", "utf8")).features[0];
    elsewhere.properties = { kode: "98.01.01.2001", nama: "Lain", nama_kecamatan: "Lain", nama_kabupaten: "Lain", nama_provinsi: "Lain" };
    expect(
      (await service.load("boundaries", "lain.geojson", JSON.stringify({ type: "FeatureCollection", features: [elsewhere] }))).results,
    ).toMatchObject({ accepted: 1 });
    expect((await service.call("/api/collections/villages/items?limit=1", { token: null, headers: { cookie } })).body.numberMatched).toBe(
      villages,
    );
    expect((await service.call("/api/collections/villages/items/98.01.01.2001", { token: null, headers: { cookie } })).status).toBe(404);
    expect((await service.call("/api/values/population?areas=98.01", { token: null, headers: { cookie } })).status).toBe(422);
    // A run about incidents lists no areas of its own: what it was asked for decides who may read it.
    const runOf = async (as: { token?: null; headers?: Record<string, string> }): Promise<string> => {
      const answer = await service.call("/api/processes/clusters/execution", { body: { inputs: { epsilonMetres: 5000 } }, ...as });
      expect([answer.status, answer.body.codes]).toEqual([200, []]);
      return `/api/runs/${answer.body.run}`;
    };
    const [everything, own] = [await runOf({}), await runOf({ token: null, headers: { cookie } })];
    expect((await service.call(everything, { token: null, headers: { cookie } })).status).toBe(404);
    expect((await service.call(own, { token: null, headers: { cookie } })).status).toBe(200);
    expect((await service.call(own)).status).toBe(200);
    for (const path of ["/api/users", "/api/users/siapa/tokens"])
      expect((await service.call(path, { token: null, headers: { cookie } })).body.code).toBe("not_in_demo");
    expect((await service.call("/api/account", { token: null, headers: { cookie } })).body.code).toBe("person_session_only");
    expect((await service.call("/api/demo", { method: "DELETE", token: null, headers: { cookie } })).status).toBe(204);
    expect((await service.call("/api/collections/villages/items?limit=1")).body.numberMatched).toBe(1);
    await service.remove();
  });
});
