import type { PGlite } from "@electric-sql/pglite";
import { expect, test } from "vitest";
import { endOnForeignFailure } from "../../../api/database/engineGuard.ts";

class Ended extends Error {}

/** An engine whose main loop throws what it is told, and replaces itself at its first call as the real one does. */
function engineThatThrows(thrown: { what: unknown }) {
  const compiled = (): void => {
    if (thrown.what !== null) throw thrown.what;
  };
  const Module: Record<string, () => void> = {
    _PostgresMainLoopOnce: () => {
      Module._PostgresMainLoopOnce = compiled;
      compiled();
    },
  };
  return { engine: { Module } as unknown as PGlite, loop: () => Module._PostgresMainLoopOnce?.() };
}

// The engine swallows what its main loop throws and goes on: after a failed fsync it once ran for ever, and every request hung.
test.each([
  ["a failed fsync", Object.assign(new Error("EIO: i/o error, fsync"), { code: "EIO" })],
  ["a trap", new WebAssembly.RuntimeError("unreachable")],
  ["a stack that is full", new RangeError("Maximum call stack size exceeded")],
])("%s ends the engine, at its first round and later", (_, failure) => {
  const thrown: { what: unknown } = { what: failure };
  const { engine, loop } = engineThatThrows(thrown);
  const told: Error[] = [];
  endOnForeignFailure(engine, (error) => {
    told.push(error);
    throw new Ended();
  });
  expect(loop).toThrow(Ended);
  thrown.what = null;
  expect(loop).not.toThrow();
  thrown.what = failure;
  expect(loop).toThrow(Ended);
  expect(told).toEqual([failure, failure]);
});

test("the engine's own jumps pass as they are", () => {
  const thrown: { what: unknown } = { what: Number.POSITIVE_INFINITY };
  const { engine, loop } = engineThatThrows(thrown);
  endOnForeignFailure(engine, () => expect.unreachable());
  for (const what of [Number.POSITIVE_INFINITY, { name: "ExitStatus", status: 99 }]) {
    thrown.what = what;
    try {
      loop();
      expect.unreachable();
    } catch (error) {
      expect(error).toBe(what);
    }
  }
});
