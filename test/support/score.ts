import { type AnalysisResult, type ClassifiedCall, VERDICTS, type Verdict } from "../../src/model/index.ts";

/** One hand-labelled call. */
export interface Label {
  readonly file: string;
  /** Line of the callee's name, 1-based. */
  readonly line: number;
  readonly callee: string;
  readonly resultUsed: boolean;
  readonly effect: string;
  readonly verdict: Verdict;
  /** Further verdicts that are right as well. */
  readonly accept?: readonly Verdict[];
  readonly note?: string;
}

/** All shares in percent, rounded to a tenth; null where there is nothing to count. */
export interface Score {
  readonly labels: number;
  readonly recall: number | null;
  /** Over the files that are labelled completely. */
  readonly precision: number | null;
  readonly verdicts: number | null;
  readonly effect: number | null;
  readonly resultUsed: number | null;
  readonly guardsCalledEvent: number;
  readonly commandsCalledEvent: number;
  readonly eventPrecision: number | null;
  readonly eventRecall: number | null;
  /** Labelled verdict → found verdict → calls. */
  readonly table: Readonly<Record<Verdict, Readonly<Record<Verdict, number>>>>;
  readonly missed: readonly Label[];
  readonly wrong: readonly { readonly label: Label; readonly call: ClassifiedCall }[];
  /** Effect or use seen otherwise, whatever the verdict. */
  readonly misread: readonly { readonly label: Label; readonly call: ClassifiedCall }[];
  readonly surplus: readonly ClassifiedCall[];
}

/** Compares an analysis with labels; calls in `complete` files that nobody labelled count against precision. */
export function scoreLabels(
  result: Pick<AnalysisResult, "calls">,
  labels: readonly Label[],
  complete: ReadonlySet<string>,
): Score {
  const open = new Map<string, ClassifiedCall[]>();
  for (const call of result.calls) {
    const key = keyOf(call.location.file, call.location.start.line, call.callee.symbol);
    open.set(key, [...(open.get(key) ?? []), call]);
  }
  const pairs: { readonly label: Label; readonly call: ClassifiedCall }[] = [];
  const missed: Label[] = [];
  for (const label of labels) {
    const call = open.get(keyOf(label.file, label.line, label.callee))?.shift();
    if (call) pairs.push({ label, call });
    else missed.push(label);
  }
  const matched = new Set(pairs.map(({ call }) => call));
  const inComplete = result.calls.filter((call) => complete.has(call.location.file));
  const surplus = inComplete.filter((call) => !matched.has(call));
  const wrong = pairs.filter((pair) => !isRight(pair));
  const called = (verdict: Verdict) =>
    wrong.filter((pair) => pair.call.verdict === "event" && pair.label.verdict === verdict);
  const events = pairs.filter(({ call }) => call.verdict === "event");
  const trueEvents = labels.filter((label) => label.verdict === "event").length;
  const table = tableOf(pairs);
  return {
    labels: labels.length,
    recall: share(pairs.length, labels.length),
    precision: share(inComplete.length - surplus.length, inComplete.length),
    verdicts: share(pairs.length - wrong.length, labels.length),
    effect: share(pairs.filter(({ label, call }) => call.facts.effect === label.effect).length, pairs.length),
    resultUsed: share(
      pairs.filter(({ label, call }) => call.facts.resultUsed === label.resultUsed).length,
      pairs.length,
    ),
    guardsCalledEvent: called("guard").length,
    commandsCalledEvent: called("command").length,
    eventPrecision: share(events.filter(isRight).length, events.length),
    eventRecall: share(table.event.event, trueEvents),
    table,
    missed,
    wrong,
    misread: pairs.filter(
      ({ label, call }) => call.facts.effect !== label.effect || call.facts.resultUsed !== label.resultUsed,
    ),
    surplus,
  };
}

/** By the plain name: labels do not number the functions of one name in one module (`createTag~2`). */
function keyOf(file: string, line: number, symbol: string): string {
  const name = symbol.split(/[.#:]/).pop() ?? "";
  return `${file}:${line}:${name.replace(/~\d+$/, "")}`;
}

function isRight({ label, call }: { readonly label: Label; readonly call: ClassifiedCall }): boolean {
  return call.verdict === label.verdict || label.accept?.includes(call.verdict) === true;
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((1000 * part) / whole) / 10;
}

function tableOf(pairs: readonly { readonly label: Label; readonly call: ClassifiedCall }[]): Score["table"] {
  const row = () => Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  const table = Object.fromEntries(VERDICTS.map((verdict) => [verdict, row()])) as Record<
    Verdict,
    Record<Verdict, number>
  >;
  for (const { label, call } of pairs) table[label.verdict][call.verdict]++;
  return table;
}

/** The verdict table and the figures, for people. */
export function scoreText(score: Score): string {
  const shown = (value: number | null) => (value === null ? "-" : String(value));
  const cell = (text: string | number) => String(text).padStart(9);
  return [
    `${"labelled \\ found".padEnd(18)}${VERDICTS.map(cell).join("")}`,
    ...VERDICTS.map(
      (verdict) => `${verdict.padEnd(18)}${VERDICTS.map((found) => cell(score.table[verdict][found])).join("")}`,
    ),
    `labels ${score.labels}, recall ${shown(score.recall)} %, precision ${shown(score.precision)} %, verdicts ${shown(score.verdicts)} %, ` +
      `effect ${shown(score.effect)} %, resultUsed ${shown(score.resultUsed)} %`,
    `guards called event ${score.guardsCalledEvent}, commands called event ${score.commandsCalledEvent}, ` +
      `of what is called event ${shown(score.eventPrecision)} % is, of the events ${shown(score.eventRecall)} % are found`,
  ].join("\n");
}

/** One line of docs/accuracy.md. */
export function scoreRow(name: string, date: string, version: string, score: Score): string {
  const shown = (value: number | null) => (value === null ? "–" : value.toFixed(1));
  const { guardsCalledEvent: guards, commandsCalledEvent: commands } = score;
  const shares = [score.recall, score.precision, score.verdicts, score.effect, score.resultUsed].map(shown);
  const cells = [
    date,
    version,
    name,
    score.labels,
    ...shares,
    guards,
    commands,
    shown(score.eventPrecision),
    shown(score.eventRecall),
  ];
  return `| ${cells.join(" | ")} |`;
}
