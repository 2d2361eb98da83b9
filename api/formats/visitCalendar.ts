import ical, { ICalCalendarMethod, ICalEventStatus } from "ical-generator";

/** One visit as a calendar shows it. Without `startsAt` it takes the whole day. */
export interface CalendarVisit {
  readonly id: string;
  readonly sequence: number;
  readonly day: string;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly isCancelled: boolean;
  readonly summary: string;
  readonly location: string;
  readonly description: string;
  /** Degrees east and north; null where the village has no shape. */
  readonly point: readonly [number, number] | null;
  readonly changedAt: Date;
}

interface Shown {
  readonly name: string;
  readonly timeZone: string;
}

/** A moment as the clock on the wall tells it in a time zone: 2026-07-01T09:00:00. */
function wallClock(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone, hourCycle: "h23", dateStyle: "short", timeStyle: "medium" }).formatToParts(
    moment,
  );
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:${part("second")}`;
}

/** Minutes east of Greenwich at a moment. */
const offsetMinutes = (moment: Date, timeZone: string): number =>
  Math.round((Date.parse(`${wallClock(moment, timeZone)}Z`) - moment.getTime()) / 60_000);

const offsetText = (minutes: number): string => {
  const digits = (value: number): string => String(value).padStart(2, "0");
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${digits(Math.floor(size / 60))}${digits(size % 60)}`;
};

/** The offset that a zone keeps the whole year, as Indonesia's do; null where clocks change, whose times are then written in UTC. */
function steadyOffset(year: number, timeZone: string): string | null {
  const offsets = new Set([0, 3, 6, 9].map((month) => offsetMinutes(new Date(Date.UTC(year, month, 15)), timeZone)));
  const [only] = offsets;
  return offsets.size === 1 && only !== undefined ? offsetText(only) : null;
}

function timeZoneComponent(timeZone: string, offset: string): string {
  const lines = ["BEGIN:VTIMEZONE", `TZID:${timeZone}`, "BEGIN:STANDARD", "DTSTART:19700101T000000", `TZOFFSETFROM:${offset}`];
  return [...lines, `TZOFFSETTO:${offset}`, "END:STANDARD", "END:VTIMEZONE"].join("\r\n");
}

/**
 * A calendar file of visits (RFC 5545). The id of a visit is its UID for good, so that what is taken in again moves or cancels what stands there.
 * @param shown the calendar's name, and the time zone in which its times are told.
 */
export function visitCalendar(visits: readonly CalendarVisit[], shown: Shown): string {
  const { name, timeZone } = shown;
  const offset = steadyOffset(Number(visits[0]?.day.slice(0, 4) ?? 2026), timeZone);
  const zone = offset === null ? "UTC" : timeZone;
  const calendar = ical({ name, prodId: { company: "Waspada", product: "Kunjungan", language: "ID" }, method: ICalCalendarMethod.PUBLISH });
  if (offset !== null) calendar.timezone({ name: timeZone, generator: () => timeZoneComponent(timeZone, offset) });
  for (const visit of visits) {
    const { startsAt, endsAt } = visit;
    // Texts without an offset are written digit by digit, whatever the zone of this computer.
    const times =
      startsAt === null
        ? { start: `${visit.day}T12:00:00`, allDay: true }
        : { start: wallClock(startsAt, zone), end: wallClock(endsAt ?? startsAt, zone), timezone: zone };
    calendar.createEvent({
      ...times,
      id: `${visit.id}@waspada`,
      sequence: visit.sequence,
      stamp: wallClock(visit.changedAt, "UTC"),
      summary: visit.summary,
      description: visit.description,
      location: visit.point ? { title: visit.location, geo: { lon: visit.point[0], lat: visit.point[1] } } : visit.location,
      status: visit.isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  }
  // A stamp is in UTC by the standard; beside a time zone of the calendar the library leaves the mark away.
  return `${calendar.toString().replace(/^(DTSTAMP:\d{8}T\d{6})(?=\r?$)/gm, "$1Z")}\r\n`;
}
