import { agendaEffects } from "./broker/agenda-effects.ts";
import { beeQueueEffects } from "./broker/bee-queue-effects.ts";
import { bullEffects } from "./broker/bull-effects.ts";
import { eventEmitterEffects } from "./broker/event-emitter-effects.ts";
import { graphileWorkerEffects } from "./broker/graphile-worker-effects.ts";
import { graphqlSubscriptionsEffects } from "./broker/graphql-subscriptions-effects.ts";
import { kafkaEffects } from "./broker/kafka-effects.ts";
import { mqttEffects } from "./broker/mqtt-effects.ts";
import { natsEffects } from "./broker/nats-effects.ts";
import { nestCqrsEffects } from "./broker/nest-cqrs-effects.ts";
import { nestMicroservicesEffects } from "./broker/nest-microservices-effects.ts";
import { pgBossEffects } from "./broker/pg-boss-effects.ts";
import { rabbitmqEffects } from "./broker/rabbitmq-effects.ts";
import { rxjsEffects } from "./broker/rxjs-effects.ts";
import { websocketEffects } from "./broker/websocket-effects.ts";
import type { LibraryEffects } from "./contract.ts";
import { cacheEffects } from "./database/cache-effects.ts";
import { libsqlEffects } from "./database/libsql-effects.ts";
import { mongodbEffects } from "./database/mongodb-effects.ts";
import { mssqlEffects } from "./database/mssql-effects.ts";
import { mysqlEffects } from "./database/mysql-effects.ts";
import { pgEffects } from "./database/pg-effects.ts";
import { pgPromiseEffects } from "./database/pg-promise-effects.ts";
import { postgresEffects } from "./database/postgres-effects.ts";
import { redisEffects } from "./database/redis-effects.ts";
import { redlockEffects } from "./database/redlock-effects.ts";
import { searchEffects } from "./database/search-effects.ts";
import { slonikEffects } from "./database/slonik-effects.ts";
import { sqliteEffects } from "./database/sqlite-effects.ts";
import { analyticsEffects } from "./library/analytics-effects.ts";
import { assertionEffects } from "./library/assertion-effects.ts";
import { awsSdkEffects } from "./library/aws-sdk-effects.ts";
import { axiosEffects } from "./library/axios-effects.ts";
import { azureEffects } from "./library/azure-effects.ts";
import { childProcessEffects } from "./library/child-process-effects.ts";
import { collectionEffects } from "./library/collection-effects.ts";
import { configEffects } from "./library/config-effects.ts";
import { dataloaderEffects } from "./library/dataloader-effects.ts";
import { dateEffects } from "./library/date-effects.ts";
import { expressEffects } from "./library/express-effects.ts";
import { featureFlagEffects } from "./library/feature-flag-effects.ts";
import { fetchEffects } from "./library/fetch-effects.ts";
import { fileEffects } from "./library/file-effects.ts";
import { firebaseEffects } from "./library/firebase-effects.ts";
import { googleCloudEffects } from "./library/google-cloud-effects.ts";
import { gotEffects } from "./library/got-effects.ts";
import { graphqlClientEffects } from "./library/graphql-client-effects.ts";
import { graphqlEffects } from "./library/graphql-effects.ts";
import { hashingEffects } from "./library/hashing-effects.ts";
import { identifierEffects } from "./library/identifier-effects.ts";
import { loggerEffects } from "./library/logger-effects.ts";
import { mailEffects } from "./library/mail-effects.ts";
import { mailServicesEffects } from "./library/mail-services-effects.ts";
import { messengerEffects } from "./library/messenger-effects.ts";
import { nestEffects } from "./library/nest-effects.ts";
import { nodeBuiltinEffects } from "./library/node-builtin-effects.ts";
import { nodeHttpEffects } from "./library/node-http-effects.ts";
import { numberEffects } from "./library/number-effects.ts";
import { objectStorageEffects } from "./library/object-storage-effects.ts";
import { paymentEffects } from "./library/payment-effects.ts";
import { requestContextEffects } from "./library/request-context-effects.ts";
import { scheduleEffects } from "./library/schedule-effects.ts";
import { superagentEffects } from "./library/superagent-effects.ts";
import { telemetryEffects } from "./library/telemetry-effects.ts";
import { textEffects } from "./library/text-effects.ts";
import { tokenEffects } from "./library/token-effects.ts";
import { validationEffects } from "./library/validation-effects.ts";
import { drizzleEffects } from "./orm/drizzle-effects.ts";
import { knexEffects } from "./orm/knex-effects.ts";
import { kyselyEffects } from "./orm/kysely-effects.ts";
import { mikroOrmEffects } from "./orm/mikro-orm-effects.ts";
import { mongooseEffects } from "./orm/mongoose-effects.ts";
import { objectionEffects } from "./orm/objection-effects.ts";
import { prismaEffects } from "./orm/prisma-effects.ts";
import { sequelizeEffects } from "./orm/sequelize-effects.ts";
import { typeormEffects } from "./orm/typeorm-effects.ts";

/** All adapters that know effects. A new library is one file, and two lines here. */
export const EFFECTS: readonly LibraryEffects[] = [
  drizzleEffects,
  knexEffects,
  kyselyEffects,
  mikroOrmEffects,
  mongooseEffects,
  objectionEffects,
  prismaEffects,
  sequelizeEffects,
  typeormEffects,
  cacheEffects,
  libsqlEffects,
  mongodbEffects,
  mssqlEffects,
  mysqlEffects,
  pgEffects,
  pgPromiseEffects,
  postgresEffects,
  redisEffects,
  redlockEffects,
  searchEffects,
  slonikEffects,
  sqliteEffects,
  agendaEffects,
  beeQueueEffects,
  bullEffects,
  eventEmitterEffects,
  graphileWorkerEffects,
  graphqlSubscriptionsEffects,
  kafkaEffects,
  mqttEffects,
  natsEffects,
  nestCqrsEffects,
  nestMicroservicesEffects,
  pgBossEffects,
  rabbitmqEffects,
  rxjsEffects,
  websocketEffects,
  analyticsEffects,
  assertionEffects,
  awsSdkEffects,
  axiosEffects,
  azureEffects,
  childProcessEffects,
  collectionEffects,
  configEffects,
  dataloaderEffects,
  dateEffects,
  expressEffects,
  featureFlagEffects,
  fetchEffects,
  fileEffects,
  firebaseEffects,
  googleCloudEffects,
  gotEffects,
  graphqlClientEffects,
  graphqlEffects,
  hashingEffects,
  identifierEffects,
  loggerEffects,
  mailEffects,
  mailServicesEffects,
  messengerEffects,
  nestEffects,
  nodeBuiltinEffects,
  nodeHttpEffects,
  numberEffects,
  objectStorageEffects,
  paymentEffects,
  requestContextEffects,
  scheduleEffects,
  superagentEffects,
  telemetryEffects,
  textEffects,
  tokenEffects,
  validationEffects,
];
