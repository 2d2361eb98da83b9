// Loaded before everything else (NODE_OPTIONS=--require) in a service that the faults drive breaks: the first line of the file FAULT says what is broken now.
// full: what would lengthen a file fails with ENOSPC. sync: fsync fails with EIO. threads: every kernel thread is ended. engine: the engine's thread is ended.
// FAULT_KERNEL_MB limits the memory of kernel threads.
const fs = require("node:fs");
const threads = require("node:worker_threads");
const { syncBuiltinESMExports } = require("node:module");

const control = process.env.FAULT ?? "";
const { writeSync, fsyncSync, write, writev, readFileSync, fstatSync } = fs;

const broken = () => {
  try {
    return readFileSync(control, "utf8").trim();
  } catch {
    return "";
  }
};
const fault = (code, errno, syscall) => Object.assign(new Error(`${code}: made by the drive, ${syscall}`), { code, errno, syscall });
const isData = (descriptor) => {
  try {
    return fs.readlinkSync(`/proc/self/fd/${descriptor}`).startsWith(process.env.FAULT_FOLDER ?? "/nowhere");
  } catch {
    return false;
  }
};

fs.writeSync = (descriptor, bytes, offset, length, position) => {
  if (typeof position === "number" && isData(descriptor) && broken() === "full" && position + length > fstatSync(descriptor).size)
    throw fault("ENOSPC", -28, "write");
  return writeSync(descriptor, bytes, offset, length, position);
};
fs.fsyncSync = (descriptor) => {
  if (isData(descriptor) && broken() === "sync") throw fault("EIO", -5, "fsync");
  return fsyncSync(descriptor);
};
// Streams: files that are sent, backups.
fs.write = (descriptor, ...rest) => {
  if (isData(descriptor) && broken() === "full") process.nextTick(rest.at(-1), fault("ENOSPC", -28, "write"));
  else write(descriptor, ...rest);
};
fs.writev = (descriptor, ...rest) => {
  if (isData(descriptor) && broken() === "full") process.nextTick(rest.at(-1), fault("ENOSPC", -28, "write"));
  else writev(descriptor, ...rest);
};

if (threads.isMainThread) {
  const running = new Map();
  const Original = threads.Worker;
  threads.Worker = class extends Original {
    constructor(file, options = {}) {
      const isKernel = /piscina/.test(String(file));
      const memory = Number(process.env.FAULT_KERNEL_MB ?? 0);
      super(file, isKernel && memory > 0 ? { ...options, resourceLimits: { maxOldGenerationSizeMb: memory } } : options);
      running.set(this, isKernel ? "threads" : /embeddedThread/.test(String(file)) ? "engine" : "other");
      this.once("exit", () => running.delete(this));
    }
  };
  setInterval(() => {
    const what = broken();
    if (what !== "threads" && what !== "engine") return;
    for (const [worker, kind] of running) if (kind === what) worker.terminate();
  }, 30).unref();
}
syncBuiltinESMExports();
