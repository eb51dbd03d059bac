import { createRequire } from "node:module";

/** Another parser may read the same text otherwise. Read without loading it. */
export const PARSER_VERSION: string = createRequire(import.meta.url)("oxc-parser/package.json").version;
