import { defineEffects } from "../contract.ts";
import { givenTo } from "../entity-names.ts";
import { names } from "../members.ts";
import { remoteVerb } from "../shape/remote-verb.ts";

const BUILDS = names(
  "firestore auth messaging storage database app initializeApp getFirestore getAuth getMessaging getStorage getDatabase collection doc ref child bucket batch where orderBy limit cert",
);
const WRITES = names("set add update delete create commit push remove setCustomUserClaims save");

/** Firebase's server side: Firestore, users, push messages. */
export const firebaseEffects = defineEffects({
  name: "firebase",
  packages: ["firebase-admin", "firebase"],
  effectOf(call) {
    if (BUILDS.includes(call.member) || call.target.path.length === 0) return null;
    if (/^(verifyIdToken|verifySessionCookie|createCustomToken)$/.test(call.member)) return null;
    if (/^(send|sendEach|sendAll|sendMulticast|sendToDevice|sendToTopic|sendEachForMulticast)$/.test(call.member)) {
      return { effect: "write", label: "message", external: true };
    }
    const label =
      (givenTo(call.chain, ["collection"]) || givenTo(call.chain, ["doc", "ref"])).split("/")[0] || "firebase";
    const effect = WRITES.includes(call.member) ? "write" : remoteVerb(call.member);
    return effect && { effect, label, external: true };
  },
});
