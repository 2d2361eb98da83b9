import { dayOfMoment, daysBetween } from "../format/day.ts";
import { areas } from "./areas.svelte.ts";
import { events, type IncidentFeature } from "./events.svelte.ts";
import { shownPeriod } from "./view.svelte.ts";

const spreadDegrees = 0.0011;
const goldenAngle = Math.PI * (3 - Math.sqrt(5));

class ShownIncidents {
  private middles = $derived(
    new Map(areas.villages.map(({ code, bbox }) => [code, [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2] as const])),
  );
  /** Every incident loaded with its day since the first day loaded, worst first, so that small dots are drawn over large ones. */
  private worstFirst = $derived(
    events.incidents
      .map((incident, age) => ({ incident, age, day: daysBetween(events.counts.from, dayOfMoment(incident.properties.occurred_from)) }))
      .sort((a, b) => b.incident.properties.severity - a.incident.properties.severity),
  );
  /** The period in days since the first day loaded, half-open. */
  days = $derived.by((): readonly [number, number] => {
    const { from, to } = shownPeriod();
    return [daysBetween(events.counts.from, from), daysBetween(events.counts.from, to)];
  });

  /** The incidents of the period, worst first. */
  list = $derived(this.worstFirst.filter(({ day }) => day >= this.days[0] && day < this.days[1]).map(({ incident }) => incident));

  /**
   * Every incident loaded as flat arrays with its day, whatever the period, so that a dot stays where it is while the period moves.
   * Those known only by village stand around its middle, spread in a spiral so that each is seen, the newest in the middle.
   */
  points = $derived.by(() => {
    const spots = this.spots;
    const placed = this.worstFirst.filter(({ age }) => spots.has(age));
    const positions = new Float32Array(placed.length * 2);
    const severities = new Uint8Array(placed.length);
    const isVerified = new Uint8Array(placed.length);
    const days = new Int32Array(placed.length);
    placed.forEach(({ incident, age, day }, index) => {
      positions.set(spots.get(age) ?? [], index * 2);
      severities[index] = incident.properties.severity;
      isVerified[index] = incident.properties.status === "verified" ? 1 : 0;
      days[index] = day;
    });
    return { n: placed.length, positions, severities, isVerified, days };
  });

  /** Where each incident is drawn, by its place among all, newest first. */
  private spots = $derived.by(() => {
    const spots = new Map<number, readonly [number, number]>();
    const met = new Map<string, number>();
    events.incidents.forEach((incident, age) => {
      const place = this.placeOf(incident);
      if (!place) return;
      const spot = place.join(" ");
      const before = met.get(spot) ?? 0;
      met.set(spot, before + 1);
      const reach = spreadDegrees * Math.sqrt(before);
      spots.set(age, [place[0] + reach * Math.cos(before * goldenAngle), place[1] + reach * Math.sin(before * goldenAngle)]);
    });
    return spots;
  });

  private placeOf(incident: IncidentFeature): readonly [number, number] | undefined {
    return incident.geometry?.coordinates ?? this.middles.get(incident.properties.village_code);
  }
}

/** The incidents of the period shown. */
export const shownIncidents = new ShownIncidents();
