import { dayOfMoment } from "../format/day.ts";
import { areas } from "./areas.svelte.ts";
import { events, type IncidentFeature } from "./events.svelte.ts";
import { shownPeriod } from "./view.svelte.ts";

const spreadDegrees = 0.0011;
const goldenAngle = Math.PI * (3 - Math.sqrt(5));

class ShownIncidents {
  private days = $derived(events.incidents.map((incident) => dayOfMoment(incident.properties.occurred_from)));
  private period = $derived(shownPeriod());
  private middles = $derived(
    new Map(areas.villages.map(({ code, bbox }) => [code, [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2] as const])),
  );

  /** The incidents of the period, worst first, so that small dots are drawn over large ones. */
  list = $derived(
    events.incidents
      .filter((_, index) => (this.days[index] as string) >= this.period.from && (this.days[index] as string) < this.period.to)
      .sort((a, b) => b.properties.severity - a.properties.severity),
  );

  /** The same as flat arrays. Those known only by village stand around its middle, spread in a spiral so that each is seen. */
  points = $derived.by(() => {
    const placed = this.list.flatMap((incident) => {
      const place = this.placeOf(incident);
      return place ? [{ incident, place }] : [];
    });
    const positions = new Float32Array(placed.length * 2);
    const severities = new Uint8Array(placed.length);
    const isVerified = new Uint8Array(placed.length);
    const met = new Map<string, number>();
    placed.forEach(({ incident, place }, index) => {
      const spot = place.join(" ");
      const before = met.get(spot) ?? 0;
      met.set(spot, before + 1);
      const reach = spreadDegrees * Math.sqrt(before);
      positions[index * 2] = place[0] + reach * Math.cos(before * goldenAngle);
      positions[index * 2 + 1] = place[1] + reach * Math.sin(before * goldenAngle);
      severities[index] = incident.properties.severity;
      isVerified[index] = incident.properties.status === "verified" ? 1 : 0;
    });
    return { n: placed.length, positions, severities, isVerified };
  });

  private placeOf(incident: IncidentFeature): readonly [number, number] | undefined {
    return incident.geometry?.coordinates ?? this.middles.get(incident.properties.village_code);
  }
}

/** The incidents of the period shown. */
export const shownIncidents = new ShownIncidents();
