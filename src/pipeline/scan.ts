import { withFrozenKinds } from "../baseline/baseline.ts";
import { findModuleChanges } from "../baseline/module-changes.ts";
import { type AnalysisResult, type Config, diagnostic } from "../model/index.ts";
import { readBaseline } from "./baseline-file.ts";
import { analyzeOrRecall, type RecallOptions } from "./recall.ts";

/** An analysis by the kinds that the baseline froze, where there is one; what has changed since is said. */
export async function scan(config: Config, options: RecallOptions = {}): Promise<AnalysisResult> {
  // Before the analysis: a baseline that cannot be read is known at once.
  const baseline = await readBaseline(config);
  const { result } = await analyzeOrRecall(config, options);
  const changes = findModuleChanges(result, baseline, config).map(({ code, message }) => diagnostic(code, message));
  const counted = withFrozenKinds(result, baseline, config.kinds);
  return { ...counted, diagnostics: [...counted.diagnostics, ...changes] };
}
