import { createServer } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { client, startOpenIdProvider, type TestProvider } from "../../fixtures/openIdProvider.ts";
import { startTestService, type TestAnswer, type TestService } from "../../fixtures/service.ts";

let service: TestService;
let provider: TestProvider;
const cookieOf = ({ headers }: TestAnswer): string => (headers.get("set-cookie") ?? "").split(";")[0] ?? "";
const back = (address: string, cookie: string) => service.call(address.replace(service.url, ""), { token: null, headers: { cookie } });

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

/** Departs from the sign-in page and passes the provider's pages; where it is sent back to, and the cookie it left with. */
async function travel(subject: string, to = "/laporan"): Promise<{ address: string; cookie: string }> {
  const left = await service.call(`/api/session/openid?to=${encodeURIComponent(to)}`, { token: null });
  expect(left.status).toBe(302);
  const address = await provider.passThrough(left.headers.get("location") ?? "", subject);
  return { address, cookie: cookieOf(left) };
}

beforeAll(async () => {
  const PORT = await freePort();
  provider = await startOpenIdProvider(
    {
      ratna: { email: "Ratna@Kesbangpol.example", email_verified: true },
      palsu: { email: "ratna@kesbangpol.example", email_verified: false },
      asing: { email: "asing@lain.example", email_verified: true },
      rival: { email: "ratna@kesbangpol.example", email_verified: true },
    },
    `http://127.0.0.1:${PORT}/api/session/openid/back`,
  );
  service = await startTestService("postgres", {
    PORT,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: client.id,
    OIDC_CLIENT_SECRET: client.secret,
    OIDC_LABEL: "SSO Pemda",
  });
  const ratna = { name: "Ratna", role: "analyst", areas: ["35.17"], email: "ratna@kesbangpol.example" };
  expect((await service.call("/api/users", { body: ratna })).status).toBe(201);
});
afterAll(async () => {
  await service?.remove();
  await provider?.close();
});

test("who has a verified address of a person comes in as that person, and the next time by subject alone", async () => {
  expect((await service.call("/api/session", { token: null })).body.openId).toBe("SSO Pemda");
  const { address, cookie } = await travel("ratna");
  const arrived = await back(address, cookie);
  expect([arrived.status, arrived.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(arrived.body).toContain('content="0;url=/laporan"');
  const session = { token: null, headers: { cookie: cookieOf(arrived) } };
  expect((await service.call("/api/session", session)).body.person).toEqual({ name: "Ratna", role: "analyst", areas: ["35.17"] });
  await service.call("/api/users/Ratna", { method: "PATCH", body: { email: null } });
  const again = await travel("ratna");
  expect((await back(again.address, again.cookie)).status).toBe(200);
  await service.call("/api/users/Ratna", { method: "PATCH", body: { email: "ratna@kesbangpol.example" } });
});

test.each([
  ["palsu", "the address is not verified"],
  ["asing", "nobody has that address"],
  ["rival", "the person is tied to another subject already"],
])("%s does not come in: %s", async (subject) => {
  const { address, cookie } = await travel(subject);
  const arrived = await back(address, cookie);
  expect([arrived.status, arrived.body.code]).toEqual([403, "openid_unknown_person"]);
  expect((await service.call("/api/users")).body.numberMatched).toBe(1);
});

test("a code comes back once, only in the browser that departed, and only with the state it departed with", async () => {
  const { address, cookie } = await travel("ratna");
  const refused = [403, "openid_refused"];
  const codeOf = ({ status, body }: TestAnswer) => [status, body.code];
  expect(codeOf(await back(address, ""))).toEqual(refused);
  const other = await travel("ratna");
  expect(codeOf(await back(address, other.cookie))).toEqual(refused);
  const forged = new URL(address);
  forged.searchParams.set("code", "x".repeat(43));
  expect(codeOf(await back(forged.href, cookie))).toEqual(refused);
  // The forged try used the departure up.
  expect(codeOf(await back(address, cookie))).toEqual(refused);
  expect((await back(other.address, other.cookie)).status).toBe(200);
  expect(codeOf(await back(other.address, other.cookie))).toEqual(refused);
});

test.each(["https://jahat.example/", "//jahat.example", "/\\jahat.example"])("nobody is sent on to another site: %s", async (to) => {
  expect((await service.call(`/api/session/openid?to=${encodeURIComponent(to)}`, { token: null })).status).toBe(400);
});

test("a disabled person does not come in, and no provider configured is told", async () => {
  await service.call("/api/users/Ratna", { method: "PATCH", body: { disabled: true } });
  const { address, cookie } = await travel("ratna");
  expect((await back(address, cookie)).body.code).toBe("openid_unknown_person");
});
