import type { FileFacts, ModuleKind } from "../model/index.ts";

const INFRASTRUCTURE =
  /^(config|configuration|database|db|prisma|typeorm|mongo|redis|cache|mail|mailer|email|logger|logging|log|health|metrics|telemetry|tracing|i18n|queue|queues|storage|files?|http|auth-config|cron|scheduler|bus|broker|kafka|rabbitmq)$/;
const SHARED =
  /^(shared|common|core|kernel|utils?|lib|helpers?|types|interfaces|constants|decorators|guards|interceptors|pipes|filters)$/;
const COMPOSITION = /^(app|bootstrap|main|composition|scripts|commands|cli|seeds?|migrations)$/;

export interface KindGuess {
  readonly kind: ModuleKind;
  readonly evidence: string;
}

/**
 * What a module seems to be for. A name alone is weak evidence: it must agree with the shape of the code, because a
 * module of the wrong kind hides its calls. Modules that the user named by glob are domain unless told otherwise.
 */
export function guessKind(id: string, files: readonly FileFacts[], isNamedByUser: boolean): KindGuess {
  const name = id.slice(id.lastIndexOf("/") + 1);
  const hasEntity = files.some((file) =>
    file.classes.some((fact) => fact.decorators.some((d) => /^(Entity|Schema|Table)$/.test(d.name))),
  );
  const hasEndpoint = files.some((file) =>
    file.classes.some((fact) => fact.decorators.some((d) => /^(Controller|Resolver|WebSocketGateway)$/.test(d.name))),
  );
  if (isNamedByUser || hasEntity)
    return { kind: "domain", evidence: hasEntity ? "owns entities" : "domain unless configured" };
  if (COMPOSITION.test(name)) return { kind: "composition", evidence: `named ${name}, owns no entity` };
  if (SHARED.test(name) && !hasEndpoint)
    return { kind: "shared", evidence: `named ${name}, owns no entity and no endpoint` };
  if (INFRASTRUCTURE.test(name) && !hasEndpoint) {
    return { kind: "infrastructure", evidence: `named ${name}, owns no entity and no endpoint` };
  }
  return { kind: "domain", evidence: hasEndpoint ? "has endpoints" : "nothing says otherwise" };
}
