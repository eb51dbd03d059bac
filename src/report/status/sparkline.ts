import type { History, Status } from "../../model/index.ts";

const BARS = "▁▂▃▄▅▆▇█";
const WIDTH = 24;

/** One line for a terminal's prompt or a chat: `shop 84 calls ▇▇▅▅▃ (−31 in 90 days)`. */
export function statusSparkline(status: Status): string {
  const { history, name, calls } = status;
  const trend = history ? ` ${sparkline(series(history))}${change(history)}` : "";
  return `${name} ${calls} ${calls === 1 ? "call" : "calls"}${trend}\n`;
}

/** Bars from nothing to the highest value, so that a tenth less looks like a tenth less. */
export function sparkline(values: readonly number[]): string {
  const top = Math.max(...values, 1);
  return values.map((value) => BARS[Math.round((value / top) * (BARS.length - 1))]).join("");
}

/** The accepted calls at even steps in time; each point holds until the next. */
export function series({ points }: History): number[] {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return [];
  if (points.length <= WIDTH) return points.map((point) => point.calls);
  const start = Date.parse(first.date);
  const step = (Date.parse(last.date) - start) / (WIDTH - 1);
  return Array.from({ length: WIDTH }, (_, index) => {
    const at = start + step * index;
    return (points.findLast((point) => Date.parse(point.date) <= at) ?? first).calls;
  });
}

/** ` (−31 since 2026-08-27)`; nothing where there is one point only. */
export function change({ points, since }: History): string {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || points.length < 2) return "";
  const difference = last.calls - first.calls;
  const sign = difference > 0 ? "+" : difference < 0 ? "−" : "±";
  const from = first.date.slice(0, 10) > since ? first.date.slice(0, 10) : since;
  return ` (${sign}${Math.abs(difference)} since ${from})`;
}
