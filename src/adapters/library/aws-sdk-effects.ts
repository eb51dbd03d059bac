import { defineEffects, type LibraryCall, type LibraryEffect } from "../contract.ts";

const READS =
  /^(Get|List|Head|Describe|Query|Scan|BatchGet|TransactGet|Search|Lookup|Select|Check|Estimate|Validate|Simulate|Detect|Preview|Filter|Verify|Decrypt|Encrypt|GenerateDataKey|Sign|Recognize|Analyze|Compare|Translate|Synthesize|Download)/;
const PUBLISHES =
  /^(SendMessage|SendMessageBatch|Publish|PublishBatch|PutEvents|PutRecord|PutRecords|PutRecordBatch|StartExecution)$/;
const MAILS = /^(Send\w*Email|SendBulkEmail|SendRawEmail|SendCustomVerificationEmail)$/;

/** AWS, both generations: `client.send(new PutObjectCommand(…))` by the command's class, `s3.putObject(…)` by member. */
export const awsSdkEffects = defineEffects({
  name: "aws-sdk",
  packages: ["@aws-sdk/*", "@aws/*", "aws-sdk", "nestjs-aws"],
  effectOf(call) {
    const { target } = call;
    if (/presigner|credential|middleware|util-|types|signature/.test(target.package)) return null;
    if (/^(promise|getSignedUrl\w*|createPresigned\w*|destroy|on|config|abort|createReadStream)$/.test(call.member))
      return null;
    if (call.member === "done") return operation("Upload", call);
    if (call.member === "send" && call.argumentNames.length > 0) return ofCommand(call);
    if (target.path.length === 0) return null;
    return operation(call.member.charAt(0).toUpperCase() + call.member.slice(1), call);
  },
});

function ofCommand(call: LibraryCall): LibraryEffect {
  const command = call.argumentNames[0] ?? "";
  // A command that was made elsewhere may be any.
  if (!command.endsWith("Command")) return { effect: "write", label: labelOf(call), external: true };
  return operation(command.slice(0, -"Command".length), call);
}

function operation(name: string, call: LibraryCall): LibraryEffect {
  if (READS.test(name)) return { effect: "read", label: labelOf(call), external: true };
  if (MAILS.test(name)) return { effect: "write", label: "mail", external: true };
  const tells = PUBLISHES.test(name) || call.options.InvocationType === "Event";
  return { effect: "write", label: labelOf(call), external: true, ...(tells && { publishes: true }) };
}

const LABELS: readonly (readonly [RegExp, string])[] = [
  [/s3/i, "storage"],
  [/lib-storage/, "storage"],
  [/sqs/i, "queue"],
  [/sns/i, "topic"],
  [/eventbridge|cloudwatch-events/i, "bus"],
  [/kinesis|firehose/i, "stream"],
  [/ses/i, "mail"],
  [/lambda/i, "lambda"],
  [/secrets-manager|SecretsManager|ssm/i, "secrets"],
];

/** A table of DynamoDB goes by its name, where that is written; everything else by its service. */
function labelOf(call: LibraryCall): string {
  const { package: specifier, export: exported } = call.target;
  const table = call.options.TableName;
  if (table) return table;
  const service =
    specifier === "aws-sdk" ? `${exported}${call.target.path.join(".")}` : specifier.replace("@aws-sdk/", "");
  const known = LABELS.find(([pattern]) => pattern.test(service))?.[1];
  return known ?? (/dynamodb/i.test(service) ? "dynamodb" : service.replace(/^client-/, "") || "aws");
}
