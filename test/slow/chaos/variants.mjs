import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * The runtime with one of its safeguards taken out: what the rig has to notice, or it proves nothing. Each names the
 * figure that has to rise, and edits of the built files; one that fits nowhere any more is an error.
 */
export const BROKEN = {
  /** Whoever comes back late handles a message that another one has handled. */
  "no-fence": {
    causes: "duplicate",
    edits: [
      {
        file: "store",
        // The parameter stays in use: PostgreSQL wants to know its type.
        at: / AND attempts = (\$3|\?) AND processed_at IS NULL FOR UPDATE/,
        by: " AND ($1 + 0) IS NOT NULL FOR UPDATE",
      },
    ],
  },
  /** The mark is made after the handler's transaction. */
  "mark-outside": {
    causes: "duplicate",
    edits: [
      {
        file: "inbox",
        at: /await markProcessed\(sql, message\);\s+\}\);/,
        by: "});\n await markProcessed(runtime.database, message);",
      },
    ],
  },
  /** The relay remembers how far it came instead of deleting what it moved. */
  "cursor-relay": {
    causes: "lost",
    edits: [
      {
        file: "store",
        at: /WHERE (o\.shard = held\.shard|shard IN \(\$\{marks\(shards\)\}\)) ORDER BY seq/,
        by: "WHERE $1 AND seq > (SELECT COALESCE(MAX(seq), 0) FROM seamcut_inbox) ORDER BY seq",
      },
    ],
  },
  /** Events get their numbers in the order of their inserts, not of their commits. */
  "no-key-lock": {
    causes: "misordered",
    edits: [
      { file: "emit", at: /if \(locked\.length > 0\)\s+await lockKeys\(sql, locked\.map\(partitionOf\)\);/, by: "" },
    ],
  },
};

export function breakRuntime(folder, variant) {
  for (const { file, at, by } of BROKEN[variant].edits) {
    const name = path.join(folder, "seamcut", `${file}.js`);
    const text = readFileSync(name, "utf8");
    if (!at.test(text)) throw new Error(`${variant}: ${file}.js has nothing like ${at}`);
    writeFileSync(name, text.replace(at, by));
  }
}
