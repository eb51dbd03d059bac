import { type CheckReport, compareText, type Finding } from "../../model/index.ts";

/** What concerns the modules of one owner. A call between two teams counts for both. */
export interface Team {
  /** Null for what lies between modules that nobody owns. */
  readonly owner: string | null;
  /** New calls, those among them that were kept until a day that is over. */
  readonly new: number;
  readonly unresolved: number;
  readonly gone: number;
  readonly kept: number;
  /** Calls that the baseline has, under another name too. */
  readonly known: number;
}

type Count = Exclude<keyof Team, "owner">;

const COUNTS: readonly Count[] = ["new", "unresolved", "gone", "kept", "known"];

const COUNTED_AS: Readonly<Record<Finding["kind"], Count | null>> = {
  new: "new",
  expired: "new",
  unresolved: "unresolved",
  gone: "gone",
  kept: "kept",
  renamed: "known",
  drift: null,
};

/** The balance of each team, the one with most to do first; empty where no module has an owner. */
export function teamsOf({ result, findings, known, owners: asked }: CheckReport): readonly Team[] {
  const ownersOf = new Map(result.modules.map(({ id, owners }) => [id, owners]));
  if (![...ownersOf.values()].some((owners) => owners.length > 0)) return [];
  const teams = new Map<string | null, Record<Count, number>>();
  const add = (owners: readonly string[], count: Count) => {
    for (const owner of owners.length > 0 ? new Set(owners) : [null]) {
      if (asked && (owner === null || !asked.includes(owner))) continue;
      const team = teams.get(owner) ?? { new: 0, unresolved: 0, gone: 0, kept: 0, known: 0 };
      team[count]++;
      teams.set(owner, team);
    }
  };
  for (const { kind, owners } of findings) {
    const count = COUNTED_AS[kind];
    if (count) add(owners, count);
  }
  const isKnown = new Set(known);
  for (const { id, from, to } of result.calls) {
    if (isKnown.has(id))
      add(
        [to, from].flatMap((module) => ownersOf.get(module) ?? []),
        "known",
      );
  }
  return [...teams].map(([owner, counts]) => ({ owner, ...counts })).sort(byUrgency);
}

/** Teams that have something to look at, as rows under headings; what is zero for all of them has no column. */
export function teamTable(
  report: CheckReport,
  most: number,
): { readonly headings: readonly string[]; readonly rows: readonly (readonly string[])[]; readonly hidden: number } {
  const teams = teamsOf(report).filter((team) => COUNTS.some((count) => count !== "known" && team[count] > 0));
  const counts = COUNTS.filter(
    (count) => count === "new" || count === "known" || teams.some((team) => team[count] > 0),
  );
  return {
    headings: ["team", ...counts],
    rows: teams.slice(0, most).map((team) => [team.owner ?? "nobody", ...counts.map((count) => String(team[count]))]),
    hidden: Math.max(0, teams.length - most),
  };
}

function byUrgency(a: Team, b: Team): number {
  const ranked = COUNTS.map((count) => b[count] - a[count]).find((difference) => difference !== 0);
  if (ranked !== undefined) return ranked;
  if (a.owner === null || b.owner === null) return a.owner === null ? 1 : -1;
  return compareText(a.owner, b.owner);
}
