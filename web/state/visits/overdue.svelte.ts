import { request, withQuery } from "../../client.ts";

/** An alert as the service raises it by itself. */
interface Alert {
  readonly id: string;
  readonly kind: string;
  readonly area_name: string | null;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly days_overdue: number | null;
}

const everyMilliseconds = 60_000;

class Overdue {
  alerts = $state.raw<readonly Alert[]>([]);
  matched = $state(0);
  private timer: ReturnType<typeof setInterval> | undefined;

  /** What is due and not settled, of agreements and visits; asked for again every minute until `stop`. */
  follow(): () => void {
    void this.load();
    this.timer = setInterval(() => void this.load(), everyMilliseconds);
    return () => clearInterval(this.timer);
  }

  async load(): Promise<void> {
    try {
      const { alerts } = await request<{ alerts: Alert[] }>(withQuery("/api/alerts", { state: "active", limit: 100 }));
      const ours = alerts.filter(({ subject_kind }) => ["visits", "agreements"].includes(subject_kind));
      this.alerts = ours;
      this.matched = ours.length;
    } catch {
      // The screen itself tells when the service is away; the number that was known stays.
    }
  }
}

/** What leaders are to be told of without looking for it. */
export const overdue = new Overdue();
