import { chai, customMatchers, GLOBAL_EXPECT, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from "@vitest/expect";
import * as runner from "@vitest/runner";
import type { Exports } from "./evaluate.ts";

/** What a test gets that imports "vitest": the same runner and the same matchers, without the program around them. What is missing is named. */
export function standInForVitest(): Exports {
  chai.use(JestExtend);
  chai.use(JestChaiExpect);
  chai.use(JestAsymmetricMatchers);
  const expect = chai.expect as typeof chai.expect & { extend: (expect: unknown, matchers: object) => void };
  Object.assign(globalThis, { [GLOBAL_EXPECT]: expect });
  expect.extend(expect, customMatchers);
  const { describe, suite, it, test, beforeAll, beforeEach, afterAll, afterEach } = runner;
  const offered: Exports = { describe, suite, it, test, beforeAll, beforeEach, afterAll, afterEach, expect };
  return new Proxy(offered, {
    get(target, name) {
      if (!Object.hasOwn(target, name)) throw new Error(`the mutation drive offers no ${String(name)} of vitest`);
      return target[String(name)];
    },
  });
}
