import { defineEffects } from "../contract.ts";

/** Other programs. What they do cannot be seen: taken for a change. */
export const childProcessEffects = defineEffects({
  name: "child-processes",
  packages: ["child_process", "execa", "cross-spawn", "tinyexec", "shelljs", "zx"],
  effectOf(call) {
    const isRun = /^(exec|execFile|spawn|fork|execa|execaCommand|execaNode|sync|x|default|\$)(Sync)?$/.test(
      call.member,
    );
    return isRun ? { effect: "write", label: "process", external: true } : null;
  },
});
