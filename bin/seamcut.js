#!/usr/bin/env node
import process from "node:process";
import { setFlagsFromString } from "node:v8";

// V8 of Node 20 starts to optimize so early that a run of a few seconds spends half of its processor time on that. The
// versions after it wait by themselves. Before the program is loaded: functions that have run keep their old budget.
if (process.versions.node.startsWith("20.")) setFlagsFromString("--interrupt-budget=1000000");

const { main } = await import("../dist/cli/main.js");
await main(process.argv);
