import { defineEffects, type LibraryCall } from "../contract.ts";
import { entityName, isClassName } from "../entity-names.ts";
import { lookUpMember, names } from "../members.ts";

const MEMBERS = {
  write: names(`create insertMany insertOne updateOne updateMany deleteOne deleteMany remove update findOneAndUpdate
    findByIdAndUpdate findOneAndDelete findByIdAndDelete findOneAndRemove findByIdAndRemove findOneAndReplace replaceOne
    bulkWrite bulkSave save dropDatabase dropCollection createCollection`),
  read: names(`find findOne findById exists count countDocuments estimatedDocumentCount aggregate distinct populate
    watch`),
};

/** Mongoose: members of models and documents; typegoose and NestJS hand out the same models. */
export const mongooseEffects = defineEffects({
  name: "mongoose",
  packages: ["mongoose", "@nestjs/mongoose", "@typegoose/typegoose", "@m8a/nestjs-typegoose", "nestjs-typegoose"],
  effectOf(call) {
    const effect = lookUpMember(MEMBERS, call.member);
    if (!effect) return null;
    // `aggregate([…, { $merge: … }])` puts its answer into a collection.
    const stores = call.member === "aggregate" && Object.keys(call.options).some((key) => /^\$(merge|out)\b/.test(key));
    return { effect: stores ? "write" : effect, label: modelOf(call) };
  },
});

/** `Model<Order>`, `model("Order", schema)`, `getModelForClass(Order)`, else what the model is called in the code. */
function modelOf(call: LibraryCall): string {
  const byType = call.target.typeArgs.find((name) => name !== "");
  if (byType) return entityName(byType);
  const made = call.chain.find((step) => /^(model|getModelForClass|addModelToTypegoose)$/.test(step.name));
  const name = made?.text ?? made?.argumentNames.find(isClassName) ?? call.target.heir ?? call.receiver;
  return entityName(name);
}
