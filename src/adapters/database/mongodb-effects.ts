import { defineEffects, type LibraryCall } from "../contract.ts";
import { entityName, givenTo } from "../entity-names.ts";
import { lookUpMember, names } from "../members.ts";

const MEMBERS = {
  write: names(`insertOne insertMany insert updateOne updateMany update replaceOne deleteOne deleteMany remove
    findOneAndUpdate findOneAndReplace findOneAndDelete findAndModify bulkWrite drop dropCollection dropDatabase rename
    renameCollection createCollection openUploadStream openUploadStreamWithId initializeOrderedBulkOp
    initializeUnorderedBulkOp`),
  read: names(`find findOne countDocuments estimatedDocumentCount count distinct aggregate watch listCollections
    collections indexes openDownloadStream openDownloadStreamByName toArray`),
};

/** The driver of MongoDB: members of a collection. A command that is put together elsewhere is taken for a change. */
export const mongodbEffects = defineEffects({
  name: "mongodb",
  packages: ["mongodb"],
  effectOf(call) {
    const label = collectionOf(call);
    if (call.member === "command" || call.member === "runCommand") return { effect: "write", label: "command" };
    const effect = lookUpMember(MEMBERS, call.member);
    // The cursor's source has said it already.
    if (!effect || call.member === "toArray") return null;
    const stores = call.member === "aggregate" && Object.keys(call.options).some((key) => /^\$(merge|out)\b/.test(key));
    return { effect: stores ? "write" : effect, label };
  },
});

/** `db.collection("orders")`, `Collection<Order>`, else what it is called in the code. */
function collectionOf(call: LibraryCall): string {
  const byType = call.target.typeArgs.find((name) => name !== "");
  return givenTo(call.chain, ["collection"]) || (byType ? entityName(byType) : call.receiver);
}
