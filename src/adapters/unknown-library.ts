import { type LibraryCall, type LibraryEffect, NO_EFFECT } from "./contract.ts";
import { asserts } from "./shape/asserts.ts";
import { container } from "./shape/container.ts";
import { dataAccess } from "./shape/data-access.ts";
import { declaredService } from "./shape/declared-service.ts";
import { fileSystem } from "./shape/file-system.ts";
import { runsSql } from "./shape/runs-sql.ts";
import { sdkClient } from "./shape/sdk-client.ts";

/** What a call does whose library no adapter knows, by its shape: what it is given, how it is named, how it is used. */
export function unknownLibraryEffect(call: LibraryCall, isAwaited: boolean): LibraryEffect | null {
  return runsSql(call) ?? asserts(call) ?? dataAccess(call) ?? sdkClient(call, isAwaited);
}

const OF_EVERY_OBJECT = /^(toString|toLocaleString|toJSON|valueOf|hasOwnProperty)$/;

/** The same where not even the package is known: the type of what the member is called on could not be told. */
export function unknownReceiverEffect(
  call: LibraryCall,
  { isMember, isAwaited }: { readonly isMember: boolean; readonly isAwaited: boolean },
): LibraryEffect | null {
  if (OF_EVERY_OBJECT.test(call.member)) return NO_EFFECT;
  const known = runsSql(call) ?? container(call);
  if (known || !isMember) return known;
  return fileSystem(call) ?? dataAccess(call) ?? declaredService(call, isAwaited);
}
