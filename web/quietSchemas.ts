// Schemas are not compiled by `new Function`: the page's policy forbids it, and every probe would be told as a broken rule. Loaded before whatever makes one.
const shared = globalThis as { __zod_globalConfig?: { jitless?: boolean } };
shared.__zod_globalConfig = { ...shared.__zod_globalConfig, jitless: true };

export {};
