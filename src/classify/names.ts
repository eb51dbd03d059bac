/** Verbs that say a function is there to veto. */
export const VALIDATOR =
  /^(validate|check|assert|ensure|verify|authorize|authorise|require|guard|enforce|can|is|has|must|allow)([A-Z_]|$)/;

/**
 * Verbs of checks; `is` is left out, because it names any comparison, unless what it asks is whether something
 * may be.
 */
export const CHECK =
  /^(validate|check|assert|ensure|verify|authorize|authorise|require|guard|enforce|can|may|has|must|allow|does|is[A-Z]\w*(Safe|Allowed|Permitted|Authorized|Authorised|Trusted|Eligible))([A-Z_]|$)/;

/** Verbs that ask for a value; what such a function writes on the way is a cache or a record of the asking. */
export const GETTER =
  /^(get|find|load|fetch|read|list|search|lookup|resolve|query|count|compute|calculate|retrieve|is|has|can)([A-Z_]|$)/;

/** Verbs of making something ready: what they refuse is a wrong configuration. */
export const SETS_UP =
  /^(init|initialize|initialise|bootstrap|configure|setup|start|connect|register|create[A-Z]?\w*(Client|Queue|Connection|Transport|Pool|Worker)?|get[A-Z]\w*(Client|Queue|Connection|Instance|Transport|Pool))$/;

/** Verbs of handing over what is to run later: a handler, a route, a task. */
export const WIRES =
  /^(register|unregister|mount|install|wire)[A-Z]|^on[A-Z]\w*$|^(add|remove|set)\w*(Listener|Handler|Hook)s?$/;

/** Hooks of a process, told of its own life: what they do has to be done before it goes on. */
const LIFECYCLE =
  /^(on|before|after)(Application|Module|App|Server|Worker|Process|Plugin|Service)?(Start|Started|Init|Ready|Bootstrap|Boot|Launch|Shutdown|Destroy|Stop|Close|Exit|Load|Unload|Install|Uninstall|Register)$/;

export function isLifecycleHook(name: string): boolean {
  return LIFECYCLE.test(name);
}

/** Leading verbs that tell somebody that something has happened, or ask for follow-up work. */
const TELLS =
  /^(notify|publish|emit|dispatch|broadcast|enqueue|queue|schedule|audit|track|log|announce|tweet|reindex|warm|warmUp|onboard|welcome|invalidate|evict|gather|report)([A-Z_]|$)/;

/** The same by what the verb is about: `recordPayment` is somebody's business, `recordActivity` is a note of it. */
const TELLS_OF_EVENT = /^(store|record|register|log|save|append|track)[A-Za-z]*Events?([A-Z_]|$)/;

const TELLS_OF =
  /^(send|record|add|create|write|refresh|reset|clear|sync|update|increment|touch|trigger|raise|fire|push)[A-Za-z]*(Mail|Email|Notification|Alert|Alerts|Notifications|Sms|Webhook|Audit|History|Activity|Log|LogEntry|Analytics|Metric|Metrics|Statistic|Statistics|Cache|Index|Reindex|Job|Jobs)([A-Z_]|$)/;

/** `setLastActivity`, `updateLastSeenAt`, `touchLastLogin`: a note of when somebody did something. */
const NOTES_LAST =
  /^(set|update|record|touch|save|mark|refresh|bump)[A-Za-z]*Last(Activity|Active|Seen|Login|LoggedIn|Used|Usage|Visit|Visited|Access|Accessed|Sign|SignIn|Sync|Ping|Heartbeat)/;

/** Told that something has happened: `orderPlaced`, `paymentReceived`, `onOrderShipped`. */
const PAST_TENSE = /^on[A-Z]|[a-z][A-Z][a-z]*(ed|Sent|sent|Paid|paid|Lost|Made|Sold|Done|Begun|Shipped)$/;

/** A verb in front asks for something, whatever the name ends in: `markAsPaid`, `createIfNeeded`. */
const ASKS =
  /^(get|set|put|update|create|delete|remove|add|save|insert|upsert|store|mark|make|ensure|check|is|has|can|find|load|fetch|resolve|build|compute|calculate|apply|assign|assert|validate|register|unregister|increment|decrement|start|stop|process|handle|run|execute|do|init|initialize|seed|import|export|convert|move|copy|merge|replace|change|toggle|enable|disable|reserve|release|cancel|confirm|approve|reject|accept|charge|refund|capture|pay|sign|login|logout|authenticate|grant|revoke|attach|detach|link|unlink|select|show|hide|list)([A-Z_]|$)/;

/** `discardIfCreated` is told nothing: the participle belongs to a condition. */
const CONDITION = /(If|When|Unless|Until|Not|Is|Was|Has|Just|Already)[A-Z]/;

/** `delete` of `deleteApiToken`. */
export function leadingVerb(name: string): string {
  return /^[a-z]+/.exec(name)?.[0] ?? name;
}

/** Owners whose whole work is to be told afterwards. */
const BYSTANDER =
  /(Notif|Alert|Audit|History|Mail|Email|Analytics|Statistic|Report|Metric|ActivityLog|EventLog|Webhook)/;

/** Whether a name says that something is taken away. */
export function isCleanUpName(name: string): boolean {
  return /^(delete|remove|clear|clean|purge|destroy|detach|unlink|revoke)([A-Z_]|$)/.test(name);
}

/** Whether a callee's symbol says that it reacts to what the caller has already done. Weak evidence: a word. */
export function reactsByName(symbol: string): boolean {
  const cut = symbol.lastIndexOf(".");
  const name = symbol.slice(cut + 1);
  if (TELLS.test(name) || TELLS_OF.test(name) || NOTES_LAST.test(name) || TELLS_OF_EVENT.test(name)) return true;
  if (PAST_TENSE.test(name) && !ASKS.test(name) && !CONDITION.test(name)) return true;
  return cut > 0 && BYSTANDER.test(symbol.slice(0, cut)) && !GETTER.test(name) && !CHANGES.test(name);
}

/** What is changed or taken away at a bystander is the request itself, and no note of something else. */
const CHANGES =
  /^(update|delete|remove|set|edit|put|mark|toggle|enable|disable|patch|save|init|initialize|initialise|configure|setup|connect|disconnect|start|stop|open|close|shutdown|register|unregister|destroy|bootstrap)([A-Z_]|$)/;
