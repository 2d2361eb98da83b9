import { planners } from "../access/audience.ts";
import { maySee } from "../access/people.ts";
import type { Route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { collections } from "../queries/collections.ts";
import { readItem } from "../queries/items.ts";
import { lockVisitWork } from "../queries/visitWork.ts";
import { attachedFileRoutes } from "./attachedFiles.ts";
import type { Parts } from "./parts.ts";
import { readId } from "./readId.ts";

/** Photos and signed papers of a visit. */
export function visitAttachmentRoutes({ database }: Parts): Route[] {
  return attachedFileRoutes(database, {
    owner: "visit",
    tag: "kunjungan",
    who: planners,
    words: { id: "kunjungan", en: "visit" },
    seen: async (item, person) => {
      const id = readId(item);
      if (!(await readItem(database, collections.visits, id, person.areas))) throw problem("not_found", { value: `visits ${id}` });
      return id;
    },
    lock: async (transaction, item, person) => {
      const id = readId(item);
      const visit = await lockVisitWork(transaction, "visits", id);
      if (!visit || !maySee(person, visit.areaCode)) throw problem("not_found", { value: `visits ${id}` });
      if (visit.withdrawnAt !== null) throw problem("gone", { value: `visits ${id}` });
      return id;
    },
  });
}
