/** Imports point one way: bin → cli → pipeline → stages → adapters → compiler → model. */
const STAGES =
  "(config|extract|modules|link|summarize|classify|plan|baseline|contracts|codemods|scaffold|report|apply)";

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-circular",
      comment: "Two files that need each other are one file, or lack a third one that both need.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "model-imports-nothing",
      comment: "The data types are what all stages agree on: they must not know any of them, nor any library.",
      severity: "error",
      from: { path: "^src/model/" },
      to: { pathNot: "^src/model/" },
    },
    {
      name: "stages-stand-apart",
      comment:
        "A stage takes data and gives data. Only pipeline/ composes them, so that each can be tested, cached and replaced alone.",
      severity: "error",
      from: { path: `^src/${STAGES}/` },
      to: { path: `^src/${STAGES}/`, pathNot: "^src/$1/" },
    },
    {
      name: "stages-do-not-look-up",
      comment: "Nothing below the pipeline may know a use case or the command line.",
      severity: "error",
      from: { path: `^src/(${STAGES}|adapters|compiler)/` },
      to: { path: "^src/(pipeline|cli)/" },
    },
    {
      name: "pipeline-does-not-know-the-cli",
      comment: "The library API runs the same use cases without prompts, colours and exit codes.",
      severity: "error",
      from: { path: "^src/pipeline/" },
      to: { path: "^src/cli/" },
    },
    {
      name: "reports-and-plans-see-only-the-model",
      comment:
        "Whatever a report shows must be in the result, where every other reader can see it too. Hashes and CSV are ways of writing.",
      severity: "error",
      from: { path: "^src/(report|plan)/" },
      to: { pathNot: "^(src/(model|$1)/|crypto$|node_modules/(csv-stringify|@types/sarif)/)" },
    },
    {
      name: "adapters-know-no-stage",
      comment: "An adapter is knowledge about a library; what is done with it is the stages' business.",
      severity: "error",
      from: { path: "^src/adapters/" },
      to: { path: `^src/${STAGES}/` },
    },
    {
      name: "parser-stays-in-extract",
      comment: "Syntax trees do not leave extract: everything later works on facts that can be cached as JSON.",
      severity: "error",
      from: { pathNot: "^src/extract/" },
      to: { path: "node_modules/oxc-parser" },
    },
    {
      name: "checker-stays-in-compiler",
      comment:
        "ts-morph takes a second to load and keeps the whole program in memory: one door, opened when it is needed.",
      severity: "error",
      from: { pathNot: "^src/(compiler|codemods)/" },
      to: { path: "node_modules/(ts-morph|@ts-morph)" },
    },
    {
      name: "terminal-stays-in-cli",
      comment: "Prompts, colours and argument parsing belong to the command line; reports get a Paint.",
      severity: "error",
      from: { pathNot: "^src/cli/" },
      to: { path: "node_modules/(commander|inquirer|chalk)/" },
    },
    {
      name: "no-dev-dependencies-in-src",
      comment: "What users install must be what the code needs. Types alone vanish in the build.",
      severity: "error",
      from: { path: "^(src|bin)/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^dist/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
