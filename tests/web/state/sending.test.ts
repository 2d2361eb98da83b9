import { expect, it, vi } from "vitest";

vi.mock("../../../web/text/text.svelte.ts", () => ({ t: (key: string) => key, language: { current: "id" } }));
const { RequestProblem } = await import("../../../web/client.ts");
const { verdictOf } = await import("../../../web/state/sending.ts");

it.each([
  ["nobody answers", 0, "offline", "wait"],
  ["the service is starting", 503, "starting", "wait"],
  ["there were too many requests", 429, "too_many_requests", "wait"],
  ["something in between answers in its own words", 404, "unreadable", "wait"],
  ["the session has ended", 401, "not_signed_in", "signIn"],
  ["its number is taken", 409, "id_taken", "refused"],
  ["somebody changed it", 412, "stale", "refused"],
  ["a field is wrong", 422, "future_date", "refused"],
  ["this person may not", 403, "not_allowed", "refused"],
])("when %s (%i %s) the report is to %s", (_title, status, code, kind) => {
  expect(verdictOf(new RequestProblem(status, code, "")).kind).toBe(kind);
});

it("waits as long as the service asks", () => {
  expect(verdictOf(new RequestProblem(503, "database_busy", "", [], 7))).toMatchObject({ kind: "wait", seconds: 7 });
});
