import { spawn } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adminToken, startTestService, type TestService } from "../fixtures/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService("postgres");
});
afterAll(() => service?.remove());

/** Runs a command as `npm run` does; its exit status and what it printed. */
function run(script: string, parameters: readonly string[], input = ""): Promise<{ status: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", `scripts/${script}.ts`, ...parameters], {
    env: { ...process.env, WASPADA_URL: service.url, WASPADA_TOKEN: adminToken, LANG: "en_US.UTF-8", LC_ALL: "" },
  });
  const printed = { out: "", err: "" };
  child.stdout.on("data", (text: Buffer) => (printed.out += text));
  child.stderr.on("data", (text: Buffer) => (printed.err += text));
  child.stdin.end(input);
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, ...printed })));
}

test("a person is added from the shell, gets a token that speaks for it, and a wrong wish is told with exit status 1", async () => {
  const added = await run(
    "user",
    ["add", "Ani", "--role", "analyst", "--areas", "35.17,35.21", "--password-stdin"],
    "sandi lewat pipa saja\n",
  );
  expect([added.status, added.out, added.err]).toEqual([0, "Ani\tanalyst\t35.17,35.21\tpassword, 0 token\n", ""]);
  const [token, refused, wrong] = await Promise.all([
    run("token", ["Ani", "--label", "qgis", "--days", "30", "--areas", "35.17", "--read-only"]),
    run("token", ["Ani", "--role", "admin"]),
    run("user", ["add", "Tanpa Peran"]),
  ]);
  expect([token.status, token.out]).toEqual([0, expect.stringMatching(/^wsp_[\w-]{43}\n$/)]);
  const me = await service.call("/api/session", { token: token.out.trim() });
  expect(me.body).toMatchObject({ person: { name: "Ani", role: "analyst", areas: ["35.17"] }, isReadOnly: true });
  expect([refused.status, refused.err]).toEqual([1, expect.stringContaining("(beyond_persons_rights)")]);
  expect([wrong.status, wrong.err]).toEqual([2, expect.stringContaining("npm run user -- add NAME")]);
  const signedIn = await service.call("/api/session", { token: null, body: { name: "Ani", password: "sandi lewat pipa saja" } });
  expect(signedIn.status).toBe(200);
  const [list] = await Promise.all([run("user", ["list"]), run("user", ["disable", "Ani"])]);
  expect(list.out).toContain("Ani\tanalyst");
  expect((await service.call("/api/session", { token: token.out.trim() })).status).toBe(401);
});
