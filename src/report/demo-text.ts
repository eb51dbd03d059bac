import { type Paint, PLAIN } from "./paint.ts";

/** The numbers of one round of the demo. */
export interface DemoRoundView {
  readonly kill: {
    readonly orders: number;
    readonly notificationsAtOnce: number;
    readonly notificationsAfterRestart: number;
    readonly notificationsAfterSecondRestart: number;
  };
  readonly outage: {
    readonly answer: "placed" | "failed";
    readonly notificationsDuring: number;
    readonly notificationsAfterRepair: number;
  };
}

export interface DemoView {
  readonly folder: string;
  readonly before: DemoRoundView;
  readonly after: DemoRoundView;
  readonly seconds: number;
}

/** The demo's outcome: the same two accidents, before and after the cut. */
export function demoText(view: DemoView, paint: Paint = PLAIN): string {
  const { before, after } = view;
  const row = (text: string, old: string | number, now: string | number) =>
    `  ${text.padEnd(58)}${String(old).padStart(8)}${String(now).padStart(8)}`;
  const lines = [
    paint.dim(row("", "before", "after")),
    paint.bold("  the program is killed between the order's commit and the notification"),
    row("orders in the database", before.kill.orders, after.kill.orders),
    row("notifications right after the kill", before.kill.notificationsAtOnce, after.kill.notificationsAtOnce),
    row("notifications after a restart", before.kill.notificationsAfterRestart, after.kill.notificationsAfterRestart),
    row(
      "notifications after another restart",
      before.kill.notificationsAfterSecondRestart,
      after.kill.notificationsAfterSecondRestart,
    ),
    "",
    paint.bold("  notifications fail while an order is placed"),
    row("the order is", before.outage.answer, after.outage.answer),
    row("notifications while they fail", before.outage.notificationsDuring, after.outage.notificationsDuring),
    row(
      "notifications once they work again",
      before.outage.notificationsAfterRepair,
      after.outage.notificationsAfterRepair,
    ),
    "",
    `  ${view.seconds.toFixed(0)} s. The shop with its patches, one commit each:`,
    `    cd ${view.folder} && git log --stat`,
    "  On your own repository:",
    "    npx seamcut scan",
  ];
  return `${lines.join("\n")}\n`;
}
