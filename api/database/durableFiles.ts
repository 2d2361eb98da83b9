import { closeSync, fsyncSync, openSync } from "node:fs";
import type { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";

interface OpenStream {
  readonly nfd?: number;
  readonly node: unknown;
}

interface NodeFileSystem {
  stream_ops: { fsync?: (stream: OpenStream) => number };
  realPath(node: unknown): string;
}

/**
 * The engine's files on the disk, with a working fsync. As delivered, the engine's fsync succeeds without doing anything, so a power cut
 * could lose what was acknowledged. With this, and started with `fsync=on`, PostgreSQL's own write-ahead log is the fsynced journal:
 * a commit returns after the log is on the disk, a checkpoint orders data before the log is shortened, and a start replays the log.
 * Measured: 200 commits 155 ms with, 120 ms without.
 */
export class DurableFiles extends NodeFS {
  override async init(engine: PGlite, options: Parameters<NodeFS["init"]>[1]): ReturnType<NodeFS["init"]> {
    const mounted = await super.init(engine, options);
    mounted.emscriptenOpts.preRun?.push((module) => {
      const files = module.FS.filesystems.NODEFS as unknown as NodeFileSystem;
      files.stream_ops.fsync = (stream) => {
        // Folders are opened without a descriptor of the system.
        if (stream.nfd !== undefined) fsyncSync(stream.nfd);
        else syncFolder(files.realPath(stream.node));
        return 0;
      };
    });
    return mounted;
  }
}

function syncFolder(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
