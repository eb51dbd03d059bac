import type { Command } from "commander";
import { paintFor } from "../streams.ts";

export function demoCommand(program: Command): void {
  program
    .command("demo")
    .description("the whole path on an example shop: scan, kill, cut, kill again; no service needed")
    .addHelpText("after", "\nExample:\n  seamcut demo")
    .action(async () => {
      const [{ demo }, { reportText }, { cutText }, { demoText }, { planMigration }] = await Promise.all([
        import("../../pipeline/demo/demo.ts"),
        import("../../report/text.ts"),
        import("../../report/cut-text.ts"),
        import("../../report/demo-text.ts"),
        import("../../plan/plan-migration.ts"),
      ]);
      const paint = paintFor("stdout");
      const print = (text: string) => process.stdout.write(`${text}\n`);
      const result = await demo({
        say: (line) => print(paint.bold(`— ${line}`)),
        onScan: (scan) => print(reportText(scan, planMigration(scan), paint)),
        onCut: (cut) => print(cutText(cut, paint)),
      });
      print("");
      print(demoText(result, paint));
      const isAsPromised =
        result.before.kill.notificationsAfterSecondRestart === 0 &&
        result.after.kill.notificationsAfterSecondRestart === 1 &&
        result.after.outage.answer === "placed" &&
        result.after.outage.notificationsAfterRepair === 1;
      // A demo that shows something else than it says must not pass in CI.
      if (!isAsPromised) process.exitCode = 1;
    });
}
