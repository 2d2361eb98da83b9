import { createHash, createHmac, randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { problem } from "../problem.ts";

/*
 * Keys outside the database, of which single ones can be destroyed for good, also for backups of the database that were made before.
 *
 * A tree of keys (Goldreich, Goldwasser, Micali 1986; destroyed as in Green and Miers 2015, 10.1109/SP.2015.26): each node's two children are its
 * HMACs of "0" and "1", the leaves wrap the keys of the people. The file holds the root. Destroying a leaf replaces the node above it by the siblings
 * along the way: all other leaves can still be derived, that one cannot. About 3 kB for a lone leaf, next to nothing where neighbours go as well.
 */
const depth = 40;
const schema = "waspada identity keys 1";

interface Tree {
  readonly id: string;
  readonly madeAt: string;
  /** Key by the bits of its place, "" for the root. */
  readonly nodes: Map<string, Buffer>;
}

const bitsOf = (leaf: number): string => leaf.toString(2).padStart(depth, "0");
const childOf = (node: Buffer, bit: string): Buffer => createHmac("sha256", node).update(bit).digest();

function placeAbove(tree: Tree, bits: string): string | null {
  for (let length = 0; length <= depth; length++) if (tree.nodes.has(bits.slice(0, length))) return bits.slice(0, length);
  return null;
}

/** The key of a leaf, or null when it was destroyed. */
function derive(tree: Tree, leaf: number): Buffer | null {
  const bits = bitsOf(leaf);
  const place = placeAbove(tree, bits);
  if (place === null) return null;
  let node = tree.nodes.get(place) as Buffer;
  for (const bit of bits.slice(place.length)) node = childOf(node, bit);
  return node;
}

function destroy(tree: Tree, leaf: number): void {
  const bits = bitsOf(leaf);
  const place = placeAbove(tree, bits);
  if (place === null) return;
  let node = tree.nodes.get(place) as Buffer;
  tree.nodes.delete(place);
  for (let length = place.length; length < depth; length++) {
    const bit = bits[length] as string;
    const other = bit === "0" ? "1" : "0";
    tree.nodes.set(bits.slice(0, length) + other, childOf(node, other));
    node = childOf(node, bit);
  }
}

function newTree(): Tree {
  const root = randomBytes(32);
  const id = createHash("sha256").update("id").update(root).digest("hex").slice(0, 16);
  return { id, madeAt: new Date().toISOString(), nodes: new Map([["", root]]) };
}

function unusable(path: string, reason: string): never {
  throw problem("identity_key_unusable", { value: path, reason });
}

function read(path: string): Tree[] {
  if ((statSync(path).mode & 0o077) !== 0) unusable(path, "izin harus 0600 / its mode must be 0600");
  try {
    const { schema: found, trees } = JSON.parse(readFileSync(path, "utf8")) as {
      schema: string;
      trees: { id: string; madeAt: string; nodes: Record<string, string> }[];
    };
    if (found !== schema || trees.length === 0) unusable(path, "bukan berkas kunci identitas / no file of identity keys");
    return trees.map(({ id, madeAt, nodes }) => ({
      id,
      madeAt,
      nodes: new Map(Object.entries(nodes).map(([place, key]) => [place, Buffer.from(key, "base64")])),
    }));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return unusable(path, "isinya rusak / its content is damaged");
  }
}

/** On the disk before the former file is gone: a half-written one would lose every identity. */
function write(path: string, trees: readonly Tree[]): void {
  const plain = trees.map(({ id, madeAt, nodes }) => ({
    id,
    madeAt,
    nodes: Object.fromEntries([...nodes].map(([place, key]) => [place, key.toString("base64")])),
  }));
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  const file = openSync(draft, "wx", 0o600);
  writeSync(file, JSON.stringify({ schema, trees: plain }));
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, path);
  const folder = openSync(dirname(path), "r");
  fsyncSync(folder);
  closeSync(folder);
}

export interface IdentityKeys {
  readonly path: string | null;
  /** Makes the file when there is none and there may be one. */
  readonly make: (mayBeMade: () => Promise<boolean>) => Promise<void>;
  /** The id of the tree that new identities are wrapped with. @throws identity_key_missing, identity_key_unusable */
  readonly current: () => string;
  /** The key that wraps one person's key; null when it was destroyed. @throws identity_key_missing, identity_key_wrong, identity_key_unusable */
  readonly wrappingKey: (treeId: string, leaf: number) => Buffer | null;
  /** Destroys leaves for good. Callers hold the vault's lock: the file is read, changed and written. */
  readonly destroyLeaves: (leaves: readonly number[]) => void;
  /** Adds a tree that new identities are wrapped with from now on. */
  readonly addTree: () => string;
  /** Forgets every tree but these and the newest. */
  readonly forgetAllBut: (needed: readonly string[]) => void;
}

/** Reads the file anew whenever it changed: several processes share it. */
export function identityKeys(path: string | null): IdentityKeys {
  let known: { stamp: string; trees: Tree[] } | null = null;
  const trees = (): Tree[] => {
    if (path === null || !existsSync(path)) throw problem("identity_key_missing", { value: path ?? "IDENTITY_KEY_FILE" });
    const { mtimeMs, ino, size } = statSync(path);
    const stamp = `${mtimeMs} ${ino} ${size}`;
    if (known?.stamp !== stamp) known = { stamp, trees: read(path) };
    return known.trees;
  };
  const keep = (changed: readonly Tree[]): void => {
    write(path as string, changed);
    known = null;
  };
  return {
    path,
    async make(mayBeMade) {
      if (path !== null && !existsSync(path) && (await mayBeMade()) && !existsSync(path)) keep([newTree()]);
    },
    current: () => (trees().at(-1) as Tree).id,
    wrappingKey(treeId, leaf) {
      const tree = trees().find(({ id }) => id === treeId);
      if (!tree) throw problem("identity_key_wrong", { value: path, expected: treeId });
      return derive(tree, leaf);
    },
    destroyLeaves(leaves) {
      const changed = trees();
      for (const tree of changed) for (const leaf of leaves) destroy(tree, leaf);
      keep(changed);
    },
    addTree() {
      const tree = newTree();
      keep([...trees(), tree]);
      return tree.id;
    },
    forgetAllBut(needed) {
      const all = trees();
      keep(all.filter(({ id }, index) => index === all.length - 1 || needed.includes(id)));
    },
  };
}
