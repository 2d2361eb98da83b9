import { audienceOf } from "../access/audience.ts";
import { maySee } from "../access/people.ts";
import { everyRole, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { type Parts, problemAnswers } from "./parts.ts";

export function eventRoutes({ announcer }: Parts): Route[] {
  return [
    route({
      method: "get",
      path: "/api/events",
      summary: "Kabar langsung / server-sent events",
      tag: "kabar",
      who: everyRole,
      answers: {
        200: { description: "event: run | incident | import; data: JSON, ids only", types: { "text/event-stream": null } },
        ...problemAnswers,
        503: { description: "Penuh / full" },
      },
      handle: async ({ person }) => {
        // The others hear that they are connected: even the moment of an event tells of a single report.
        const isOfTeam = audienceOf(person) === "full";
        if (!announcer.hasRoom) throw problem("too_many_requests", { seconds: 30 });
        return { stream: (response) => announcer.subscribe(response, (area) => isOfTeam && (area === null || maySee(person, area))) };
      },
    }),
  ];
}
