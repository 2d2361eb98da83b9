import { expect, test } from "vitest";
import { methodTopics } from "../../../api/contract/methods/card.ts";
import { methodsInEnglish } from "../../../api/contract/methods/en.ts";
import { methodsInIndonesian } from "../../../api/contract/methods/id.ts";
import { processInputs } from "../../../api/contract/processes.ts";

test("every process has a method card in both languages, with nothing left empty or untranslated", () => {
  for (const id of Object.keys(processInputs)) expect(methodTopics).toContain(id);
  for (const topic of methodTopics) {
    const [indonesian, english] = [methodsInIndonesian[topic], methodsInEnglish[topic]];
    expect(Object.keys(english)).toEqual(Object.keys(indonesian));
    for (const part of ["how", "says", "saysNot", "refused"] as const) {
      expect(indonesian[part].length, `${topic} ${part}`).toBeGreaterThan(20);
      expect(english[part].length, `${topic} ${part}`).toBeGreaterThan(15);
      expect(english[part]).not.toBe(indonesian[part]);
    }
  }
});
