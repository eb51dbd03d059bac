import path from "node:path";
import { readEvent } from "../../codemods/read-event.ts";
import { extractFile } from "../../extract/extract-file.ts";
import type { FileFacts, Module } from "../../model/index.ts";
import type { SubscriptionKey } from "../../scaffold/migration-source.ts";
import type { Analyzed } from "../analyze.ts";

/** An event that a consumer binds a handler to. */
export interface HandledEvent {
  readonly key: SubscriptionKey;
  /** Name that the event's file exports it by. */
  readonly variable: string;
  /** File of the consumer. */
  readonly file: string;
}

export type ReadText = (file: string) => string;

/** Events of the producing module that the consumers of the other one bind a handler to. */
export function handledEvents(analyzed: Analyzed, read: ReadText, from: Module, to: Module): HandledEvent[] {
  return analyzed.graph.files
    .filter((file) => isConsumerFile(file.path, to))
    .flatMap((file) => eventsOf(analyzed, read, file, from));
}

export function isConsumerFile(file: string, module: Module): boolean {
  return file.startsWith(`${module.root}/events/`) && file.endsWith(".consumer.ts");
}

function eventsOf(analyzed: Analyzed, read: ReadText, consumer: FileFacts, from: Module): HandledEvent[] {
  const text = read(consumer.path);
  const id = /consumer = ["']([^"']+)["']/.exec(text)?.[1];
  if (id === undefined) return [];
  return extractFile(consumer.path, text).imports.flatMap(({ specifier, name }) => {
    const target = analyzed.resolve(consumer.path, specifier);
    if (typeof target !== "string" || path.posix.dirname(target) !== `${from.root}/events`) return [];
    const event = readEvent(read(target));
    if (event?.variable !== name) return [];
    return [{ key: { consumer: id, type: event.type }, variable: event.variable, file: consumer.path }];
  });
}

/** Whether a producer's file still calls a consumer where the switch says so. */
export function isGuarded(text: string, consumer: string): boolean {
  return new RegExp(`\\.calls\\(["']${consumer}["']\\)`).test(text);
}

/** Whether a producer's file records an event. */
export function isEmitted(text: string, variable: string): boolean {
  return new RegExp(`\\bemit(Alone)?\\([^;]*?\\b${variable}\\(`).test(text);
}
