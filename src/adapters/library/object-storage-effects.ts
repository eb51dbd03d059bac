import { defineEffects } from "../contract.ts";
import { remoteVerb } from "../shape/remote-verb.ts";

/** Stores of files outside the big clouds: MinIO, Cloudinary, Supabase and the like. Links that are only signed are none. */
export const objectStorageEffects = defineEffects({
  name: "object-storage",
  packages: [
    "minio",
    "nestjs-minio-client",
    "cloudinary",
    "@supabase/storage-js",
    "imagekit",
    "backblaze-b2",
    "@vercel/blob",
    "uploadthing",
  ],
  effectOf(call) {
    if (/^(presigned\w*|url|image|sign\w*|getSignedUrl|createSignedUrl)$/.test(call.member)) return null;
    if (/^(fPutObject|makeBucket|rename|copy|move|explicit|destroy|add_tag)$/.test(call.member)) {
      return { effect: "write", label: "storage", external: true };
    }
    if (/^(fGetObject|statObject|bucketExists|resource|resources|list)$/.test(call.member)) {
      return { effect: "read", label: "storage", external: true };
    }
    const effect = remoteVerb(call.member);
    return effect && { effect, label: "storage", external: true };
  },
});
