import type { FileFacts } from "../model/index.ts";

/** Libraries of browsers and devices; what a server renders with React does not use its hooks. */
const INTERFACE =
  /^(react-dom|react-native|preact|vue|pinia|vuex|svelte|solid-js|@angular\/(core|common)|mobx|mobx-react|mobx-react-lite|zustand|redux|react-redux|@reduxjs\/toolkit)(\/(?!server).*)?$/;
const HOOKS = /^use[A-Z]/;

const KNOWN = new WeakMap<FileFacts, boolean>();

/** Whether a file is code of a user interface: it has no transaction, and nothing to record an event in. */
export function isUserInterface(file: FileFacts): boolean {
  const known = KNOWN.get(file);
  if (known !== undefined) return known;
  const answer =
    /\.[jt]sx$/.test(file.path) ||
    file.imports.some(
      ({ specifier, name }) =>
        INTERFACE.test(specifier) ||
        (specifier === "react" && (name === "default" || name === "*" || HOOKS.test(name))),
    );
  KNOWN.set(file, answer);
  return answer;
}
