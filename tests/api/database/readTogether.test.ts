import { describe, expect, it } from "vitest";
import { readFromReplica } from "../../../api/database/reading.ts";
import { readTogether } from "../../../api/database/readTogether.ts";

/** A read that waits to be let go, and counts how often it was begun. */
function heldRead() {
  const waiting: ((value: number) => void)[] = [];
  let begun = 0;
  const read = (): Promise<number> => {
    begun++;
    return new Promise((resolve) => waiting.push(resolve));
  };
  const settle = async (value: number): Promise<void> => {
    await expect.poll(() => waiting.length).toBe(1);
    waiting.shift()?.(value);
  };
  return { read, settle, begun: () => begun };
}

describe("questions asked together", () => {
  it("those asked before the read begins share it", async () => {
    const { read, settle, begun } = heldRead();
    const ask = readTogether(read);
    const answers = Promise.all([ask(), ask(), ask()]);
    await settle(7);
    expect(await answers).toEqual([7, 7, 7]);
    expect(begun()).toBe(1);
  });

  it("one asked while a read is under way is answered by the next, which knows all that was before the question", async () => {
    const { read, settle, begun } = heldRead();
    const ask = readTogether(read);
    const first = ask();
    await expect.poll(begun).toBe(1);
    const second = [ask(), ask()];
    await settle(1);
    await settle(2);
    expect(await first).toBe(1);
    expect(await Promise.all(second)).toEqual([2, 2]);
    expect(begun()).toBe(2);
  });

  it("a read that fails, fails for those who asked, and the next is made all the same", async () => {
    let times = 0;
    const ask = readTogether(async () => {
      times++;
      if (times === 1) throw new Error("away");
      return times;
    });
    await expect(ask()).rejects.toThrow("away");
    expect(await ask()).toBe(2);
  });

  it("what a replica knew answers nobody who reads from the primary", async () => {
    const { read, begun } = heldRead();
    const ask = readTogether(read);
    void ask();
    void readFromReplica(ask);
    await expect.poll(begun).toBe(2);
  });
});
