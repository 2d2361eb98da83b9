import { expect, it } from "vitest";
import { takeFrom } from "../../../api/analysis/neighbours/subset.ts";

it("kernels run under watch here: a place that is not there is no silent NaN", () => {
  expect(() => takeFrom(Float64Array.of(1, 2), Int32Array.of(0, 2))).toThrow("What is said to be there is not.");
});
