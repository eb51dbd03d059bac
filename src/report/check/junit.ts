import { type CheckReport, type Finding, formatLocation } from "../../model/index.ts";
import { type XmlElement, xmlDocument } from "../xml.ts";
import { countOf, placeOf, sentence } from "./findings.ts";
import { KINDS } from "./kinds.ts";

/** JUnit's XML: a test for each finding, which fails where the finding is an error. */
export function checkJunit(report: CheckReport): string {
  const cases = report.findings.map((finding) => testCase(finding, report));
  // Several readers take a file without any test for a broken run.
  if (cases.length === 0)
    cases.push({ name: "testcase", attributes: { ...TIME, classname: "seamcut", name: "no finding" } });
  const attributes = { tests: cases.length, failures: countOf(report, "error"), errors: 0, ...TIME };
  const suite = { name: "testsuite", attributes: { name: "seamcut check", ...attributes, skipped: 0 }, content: cases };
  return xmlDocument({ name: "testsuites", attributes: { name: "seamcut", ...attributes }, content: [suite] });
}

/** The same input gives the same bytes, so there is no clock. */
const TIME = { time: 0 };

function testCase(finding: Finding, report: CheckReport): XmlElement {
  const { kind, severity, id, from, to } = finding;
  const place = placeOf(finding, report);
  const text = `${formatLocation(place)}\n${sentence(finding)}\n${KINDS[kind].help}`;
  return {
    name: "testcase",
    attributes: {
      classname: from && to ? `${from} → ${to}` : (from ?? "seamcut"),
      name: `${KINDS[kind].title}: ${id}`,
      file: place.file,
      line: place.start.line,
      ...TIME,
    },
    content: [
      severity === "error"
        ? { name: "failure", attributes: { message: finding.message, type: KINDS[kind].rule }, content: text }
        : { name: "system-out", attributes: {}, content: `${severity}: ${text}` },
    ],
  };
}
