import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DatabaseRefused } from "../../../api/database/database.ts";
import { lockFolder } from "../../../api/database/folderLock.ts";
import { type Program, startProgram } from "../../fixtures/program.ts";

let folder: string;
let programs: Program[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "waspada-lock-"));
  programs = [];
});
afterEach(async () => {
  for (const program of programs) program.process.kill("SIGKILL");
  await Promise.all(programs.map((program) => program.ended));
  rmSync(folder, { recursive: true });
});

const take = (at = 0): Program => {
  const program = startProgram("lockTaker.ts", [folder, String(at)]);
  programs.push(program);
  return program;
};
const said = (program: Program) => expect.poll(() => program.lines[0], { timeout: 400_000 });

test("a folder held by a living process is refused, naming folder and process", async () => {
  const holder = take();
  await said(holder).toBe("taken");
  expect(() => lockFolder(folder)).toThrow(DatabaseRefused);
  expect(() => lockFolder(folder)).toThrow(new RegExp(`${folder}.*${holder.process.pid}`));
});

test("a folder held by this very process is refused, and free again once released", () => {
  const lock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(DatabaseRefused);
  lock.release();
  lockFolder(folder).release();
  expect(readdirSync(folder)).toHaveLength(1);
});

test("a folder whose holder was killed is taken over", async () => {
  const holder = take();
  await said(holder).toBe("taken");
  holder.process.kill("SIGKILL");
  await holder.ended;
  lockFolder(folder).release();
});

test("of eight processes racing for a dead one's folder exactly one wins", { timeout: 400_000 }, async () => {
  for (let round = 0; round < 3; round++) {
    const racers = Array.from({ length: 8 }, () => take(Date.now() + 4_000));
    for (const racer of racers) await said(racer).toBeDefined();
    expect(racers.filter((racer) => racer.lines[0] === "taken")).toHaveLength(1);
    expect(racers.filter((racer) => racer.lines[0] === "database_locked")).toHaveLength(7);
    for (const racer of racers) racer.process.kill("SIGKILL");
    await Promise.all(racers.map((racer) => racer.ended));
  }
});

test("the lock is readable by its owner alone", () => {
  const lock = lockFolder(folder);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  lock.release();
});
