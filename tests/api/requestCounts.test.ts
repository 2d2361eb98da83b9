import { describe, expect, it, vi } from "vitest";
import { type CountMessage, RequestCounts } from "../../api/requestCounts.ts";

describe("requests counted over processes", () => {
  it("what came to one counts at the other, and starts anew with the window", () => {
    vi.useFakeTimers({ now: 10_000 });
    try {
      const told: CountMessage[] = [];
      const [one, other] = [new RequestCounts((message) => told.push(message)), new RequestCounts(() => undefined)];
      for (let request = 0; request < 30; request++) one.increment("Bearer a");
      for (let request = 0; request < 25; request++) other.increment("Bearer a");
      vi.advanceTimersByTime(60);
      for (const message of told) other.hear(message);
      expect(other.increment("Bearer a").totalHits).toBe(30 + 25 + 1);
      expect(other.increment("Bearer b").totalHits).toBe(1);
      expect(JSON.stringify(told)).not.toContain("Bearer");
      vi.advanceTimersByTime(1000);
      expect(other.increment("Bearer a").totalHits).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it("what is told late, of a window that is over, counts nowhere", () => {
    const counts = new RequestCounts(null);
    counts.hear({ counts: { window: 1, more: [["a", 1000]] } });
    expect(counts.increment("a").totalHits).toBe(1);
  });
});
