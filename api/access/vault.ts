import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from "node:crypto";
import type { ReporterIdentity } from "../contract/reporterIdentity.ts";
import { actAs } from "../database/actor.ts";
import type { Database, Transaction } from "../database/database.ts";
import { problem } from "../problem.ts";
import {
  eraseIdentities,
  identitiesAfter,
  insertIdentity,
  insertOpening,
  isVaultEmpty,
  lockVault,
  neededKeys,
  nextLeaf,
  rewrapIdentity,
  type SealedIdentity,
  shareVault,
} from "../queries/identities.ts";
import { type Actor, auditObject, noteInAudit } from "./audit.ts";
import { type IdentityKeys, identityKeys } from "./identityKeys.ts";

const nonceLength = 12;
const tagLength = 16;
const rowsAtOnce = 500;

/** AES-256-GCM, bound to what it belongs to: nonce, then the text, then the tag. */
function seal(key: Uint8Array, belongsTo: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(belongsTo));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function unseal(key: Uint8Array, belongsTo: string, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceLength)).setAAD(Buffer.from(belongsTo));
  decipher.setAuthTag(bytes.subarray(-tagLength));
  return Buffer.concat([decipher.update(bytes.subarray(nonceLength, -tagLength)), decipher.final()]);
}

/** The vault of reporters' identities: filed by whoever files a report, read by named people with a reason, erased by destroying a key. */
export interface Vault {
  readonly keys: IdentityKeys;
  /** Makes the key where none was ever needed; to be awaited before the transaction in which something is filed. */
  readonly prepare: () => Promise<void>;
  /** Puts the identity of a report into the vault, in the transaction of the report. @throws identity_filed */
  readonly file: (transaction: Transaction, reportId: string, identity: ReporterIdentity, by: Actor, now: Date) => Promise<void>;
  /** @throws identity_erased and the problems of the key file */
  readonly open: (identity: SealedIdentity) => ReporterIdentity;
  /** Keeps why an identity was opened, sealed with the key of the person. Returns the opening's id. */
  readonly recordOpening: (transaction: Transaction, identity: SealedIdentity, reason: string, by: Actor, now: Date) => Promise<string>;
  readonly openReason: (identity: SealedIdentity, openingId: string, sealed: Uint8Array) => string;
  /** Destroys the keys of these identities, outside the database first, and empties their rows. */
  readonly erase: (
    transaction: Transaction,
    identities: readonly Pick<SealedIdentity, "id" | "leaf" | "reportId">[],
    by: Actor,
    now: Date,
  ) => Promise<void>;
  /** Wraps everybody's key with a new key outside the database and forgets the former one. Returns how many. */
  readonly rotate: (database: Database, by: Actor) => Promise<number>;
}

export function openVault(database: Database, path: string | null): Vault {
  const keys = identityKeys(path);
  const mayBeMade = (): Promise<boolean> => actAs("auditor", () => isVaultEmpty(database));

  const personKey = (identity: SealedIdentity): Buffer => {
    const wrapping = identity.wrappedKey && keys.wrappingKey(identity.keyId, identity.leaf);
    if (!identity.wrappedKey || !wrapping) throw problem("identity_erased", { value: `reports/${identity.reportId}` });
    return unseal(wrapping, identity.id, identity.wrappedKey);
  };
  /** A leaf that no restored database has used before an erasure. */
  const freshLeaf = async (transaction: Transaction, keyId: string): Promise<{ leaf: number; wrapping: Buffer }> => {
    for (;;) {
      const leaf = await nextLeaf(transaction);
      const wrapping = keys.wrappingKey(keyId, leaf);
      if (wrapping) return { leaf, wrapping };
    }
  };

  return {
    keys,
    prepare: () => keys.make(mayBeMade),
    async file(transaction, reportId, identity, by, now) {
      await shareVault(transaction);
      const keyId = keys.current();
      const { leaf, wrapping } = await freshLeaf(transaction, keyId);
      const id = randomUUID();
      const key = randomBytes(32);
      await insertIdentity(transaction, {
        id,
        reportId,
        keyId,
        leaf,
        wrappedKey: seal(wrapping, id, key),
        sealed: seal(key, id, Buffer.from(JSON.stringify(identity))),
        filedAt: now.toISOString(),
        filedBy: by.name,
      }).catch((error: { code?: string }) => {
        throw error.code === "23505" ? problem("identity_filed", { value: reportId }) : error;
      });
      await noteInAudit(transaction, { who: by, what: "identity.file", object: auditObject("reports", reportId) });
    },
    open: (identity) => JSON.parse(unseal(personKey(identity), identity.id, identity.sealed ?? new Uint8Array()).toString()),
    async recordOpening(transaction, identity, reason, by, now) {
      const id = randomUUID();
      const sealedReason = seal(personKey(identity), id, Buffer.from(reason));
      await insertOpening(transaction, { id, identityId: identity.id, openedAt: now, openedBy: by.name, sealedReason });
      // The reason may tell of the person: the trail proves which one it was by its hash and cannot be read for it.
      await noteInAudit(transaction, {
        who: by,
        what: "identity.open",
        object: auditObject("reports", identity.reportId),
        objects: [auditObject("openings", id)],
        detail: [id, reason],
      });
      return id;
    },
    openReason: (identity, openingId, sealed) => unseal(personKey(identity), openingId, sealed).toString(),
    async erase(transaction, identities, by, now) {
      if (identities.length === 0) return;
      await lockVault(transaction);
      keys.destroyLeaves(identities.map(({ leaf }) => leaf));
      await eraseIdentities(
        transaction,
        identities.map(({ id }) => id),
        { at: now, person: by.name },
      );
      await noteInAudit(
        transaction,
        ...identities.map(({ reportId }) => ({ who: by, what: "identity.erase" as const, object: auditObject("reports", reportId) })),
      );
    },
    async rotate(on, by) {
      let count = 0;
      // Nobody's identity was ever filed: there is no key to take the place of, and the new one is the first.
      await keys.make(mayBeMade);
      await actAs("auditor", () =>
        on.transaction(
          async (transaction) => {
            await lockVault(transaction);
            const keyId = keys.addTree();
            let after = "00000000-0000-0000-0000-000000000000";
            for (let rows = await identitiesAfter(transaction, after, rowsAtOnce); rows.length > 0; ) {
              for (const row of rows) {
                const wrapping = keys.wrappingKey(keyId, row.leaf) as Buffer;
                await rewrapIdentity(transaction, row.id, keyId, row.leaf, seal(wrapping, row.id, personKey(row)));
                after = row.id;
                count++;
              }
              rows = await identitiesAfter(transaction, after, rowsAtOnce);
            }
            await noteInAudit(transaction, { who: by, what: "identity.rotate", object: auditObject("keys", keyId) });
          },
          { durable: true },
        ),
      );
      // Only when the database can no longer need it.
      await actAs("auditor", () =>
        on.transaction(async (transaction) => {
          await lockVault(transaction);
          keys.forgetAllBut(await neededKeys(transaction));
        }),
      );
      return count;
    },
  };
}
