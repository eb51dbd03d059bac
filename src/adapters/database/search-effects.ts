import { defineEffects } from "../contract.ts";
import { lookUpMember, names } from "../members.ts";

const MEMBERS = {
  write: names(`index create update updateByQuery update_by_query delete deleteByQuery delete_by_query bulk reindex
    putMapping put_mapping putSettings refresh updateAliases putAlias deleteAlias saveObject saveObjects deleteObject
    deleteObjects partialUpdateObject partialUpdateObjects replaceAllObjects clearObjects addDocuments updateDocuments
    deleteDocument deleteDocuments deleteAllDocuments addDocumentsInBatches upsert import createIndex deleteIndex
    updateSettings updateFilterableAttributes updateSortableAttributes updateSearchableAttributes swapIndexes`),
  read: names(`search searchSingleIndex searchForFacetValues msearch get mget exists count scroll explain getSource
    getObject getObjects getDocument getDocuments browse browseObjects getMapping getAlias existsAlias getSettings
    getStats health multiSearch retrieve termVectors suggest`),
};

/** Search engines: an index beside the database, which no transaction covers. */
export const searchEffects = defineEffects({
  name: "search-engines",
  packages: [
    "@elastic/elasticsearch",
    "@nestjs/elasticsearch",
    "@opensearch-project/opensearch",
    "algoliasearch",
    "meilisearch",
    "typesense",
  ],
  effectOf(call) {
    const effect = lookUpMember(MEMBERS, call.member);
    return effect && call.target.path.length > 0 ? { effect, label: "search", external: true } : null;
  },
});
