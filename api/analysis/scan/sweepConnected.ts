import type { ConnectedZones } from "./connected.ts";
import type { Judge } from "./judge.ts";
import type { EventsByArea } from "./sweep.ts";

export function sweepConnected(
  _zones: ConnectedZones,
  _expected: Float64Array,
  _events: EventsByArea,
  _judge: Judge,
  _isBlocked: Uint8Array | null,
): void {}
